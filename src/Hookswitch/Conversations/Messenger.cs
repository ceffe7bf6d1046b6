using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Time;

namespace Hookswitch.Conversations;

/// <summary>
/// Tells conversations what others have to say to them. No conversation waits for it: what was not answered is told again when the
/// sender's deadline passes, also after a crash.
/// </summary>
internal sealed partial class Messenger(IGrainFactory grains, ThreadDoor door, TaskScheduler scheduler, ILogger<Messenger> logger) : IFollower, IDueWork
{
    private readonly Activity _activity = new(scheduler);

    /// <summary>What is on its way, by what its sender will be told: nothing is sent beside itself.</summary>
    private readonly ConcurrentDictionary<(ConversationId Sender, Command Answer), bool> _underWay = new();

    /// <summary>Never: the deadlines are the conversations' own.</summary>
    public event Action? Hastened
    {
        add { }
        remove { }
    }

    public DateTimeOffset? NextAt => null;

    public Task RunDue(DateTimeOffset now) => Task.CompletedTask;

    public Task WhenIdle() => _activity.WhenIdle();

    // What is to be told after an unknown end is told when its deadline passes.
    public void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        if (!events.Any(one => one is LegReleased or ParticipantInvited { Replaces: not null } or DeadlineSet { Kind: DeadlineKind.Message }))
        {
            return;
        }

        foreach (var message in Message.From(id, after))
        {
            if (_underWay.TryAdd((id, message.Refused), true))
            {
                _activity.Run(() => Tell(id, message));
            }
        }
    }

    private async Task Tell(ConversationId sender, Message message)
    {
        try
        {
            var reply = message.To is { } to ? await grains.Send(to, message.Command) : await Enter(message.Room!, message.Command);
            if (reply.Unavailable)
            {
                return; // it is told again
            }

            if ((reply.Refusal is null ? message.Taken : message.Refused) is { } answer)
            {
                await grains.Send(sender, answer);
            }
        }
        catch (Exception e)
        {
            LogFailure(e, sender);
        }
        finally
        {
            _underWay.TryRemove((sender, message.Refused), out _);
        }
    }

    // Whoever has come to a conversation that is over since does not come once more to the next one at the same place.
    private async Task<Reply> Enter(MeetingTerms room, Command command)
    {
        var last = await door.Last(room);
        return last is { } over && await grains.Send(over, command) is { Refusal: null } reply
            ? reply
            : (await door.Enter(room, id => grains.Send(id, command))).Reply;
    }

    [LoggerMessage(LogLevel.Error, "A message of conversation {Conversation} failed. It is sent again.")]
    private partial void LogFailure(Exception exception, ConversationId conversation);
}
