using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Hookswitch.Calling;

namespace Hookswitch.Notifications;

/// <summary>One POST that a bot is to get: computed from the stream, never stored.</summary>
/// <param name="Call">Whose bot is told.</param>
/// <param name="Sequence">The event that it tells of.</param>
/// <param name="Bot">As it was after that event: the address, the tenant, the style.</param>
/// <param name="CallChain">Which the headers name.</param>
/// <param name="Content">Rendered when it is sent, and once: what is replaced before its turn costs nothing.</param>
internal sealed record Notification(CallId Call, long Sequence, Bot Bot, Guid CallChain, Lazy<Graph.CommsNotifications> Content)
{
    // Asked for several times at each attempt, by one loop at a time.
    private Guid? _id;
    private string? _summary;

    public Notification(CallId call, long sequence, Bot bot, Guid callChain, Func<Graph.CommsNotifications> body)
        : this(call, sequence, bot, callChain, new Lazy<Graph.CommsNotifications>(body))
    {
    }

    public Notification(CallId call, long sequence, Bot bot, Guid callChain, Graph.CommsNotifications body)
        : this(call, sequence, bot, callChain, new Lazy<Graph.CommsNotifications>(body))
    {
    }

    public Graph.CommsNotifications Body => Content.Value;

    /// <summary>What is kept of it when it was given up: all but the token with which anyone could join.</summary>
    public Graph.CommsNotifications Kept => Body with
    {
        Value = [.. Body.Value!.Select(one => one.ResourceData?.Call is { MeetingInfo: Graph.TokenMeetingInfo info } call
            ? one with { ResourceData = Graph.ResourceData.Of(call with { MeetingInfo = info with { Token = null } }) }
            : one)],
    };

    /// <summary>The bot was told nothing of the call before.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The first of an incoming call: the one whose answer may redirect the call.</summary>
    public bool IsIncomingCall { get; init; }

    /// <summary>Nothing follows for this call.</summary>
    public bool IsFinal { get; init; }

    /// <summary>It lists everyone: a newer one says all that this one does, and takes its place while it waits.</summary>
    public bool IsFullRoster { get; init; }

    /// <summary>The commit of that event.</summary>
    public Committed Commit { get; init; }

    /// <summary>Follows from call and event, so it is the same at each attempt. A GUID of version 8.</summary>
    public Guid Id => _id ??= IdOf(Call, Sequence);

    /// <summary>What it tells, in two words.</summary>
    public string Summary => _summary ??= $"{Body.Value![0].ChangeType} {Body.Value[0].ResourceData}".ToLowerInvariant();

    private static Guid IdOf(CallId call, long sequence)
    {
        Span<byte> seed = stackalloc byte[24];
        call.ToGuid().TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(seed[16..], sequence);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>When events were committed, and in which span. What is read from the store again, after a crash or a long wait, has none.</summary>
/// <param name="At">By the clock of calls.</param>
internal readonly record struct Committed(DateTimeOffset At, ActivityContext Span = default);

/// <summary>A conversation after some events, and what its bots are told of them.</summary>
internal sealed record Projection(Conversation After, ImmutableArray<Notification> Notifications);
