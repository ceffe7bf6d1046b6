using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>A way to see a reason: what a bot does so that a call of its own ends with it, by its true cause and within seconds.</summary>
internal abstract record Showing(EndReason Reason)
{
    /// <summary>What a bot developer does, in a sentence.</summary>
    public string HowTo => (Reason.Subcode, this) switch
    {
        (_, Dial { IsAnswered: true }) => $"{Deed}, and let the bot answer.",
        _ when IsDeleted => $"{Deed}, and delete the call.",
        _ when IsTransferred => $"{Deed}, and transfer the call to a user who answers.",
        _ when IsOfBotsMedia => $"{Deed} with appHostedMediaConfig and a webSocketUrl at which nothing listens.",
        (8537, _) => $"{Deed}, and wait 45 minutes (with --clock manual: POST /control/clock/advance).",
        _ => $"{Deed}.",
    };

    /// <summary>Whether the bot deletes the call itself.</summary>
    public bool IsDeleted => this switch
    {
        JoinThread => Reason == EndReasons.EndedByBot,
        _ => Reason == EndReasons.ConversationEnded,
    };

    /// <summary>Whether the bot transfers the call to somebody else.</summary>
    public bool IsTransferred => Reason == EndReasons.Transferred;

    /// <summary>Whether the bot hosts its own media, and they are not reached.</summary>
    public bool IsOfBotsMedia => Reason == EndReasons.BotMediaUnreachable;

    protected abstract string Deed { get; }

    /// <summary>The way to see a reason that is shown where nobody asks for another; null: nothing that is offered ends so.</summary>
    public static Showing? Of(EndReason reason) => All(reason).FirstOrDefault();

    /// <summary>Every way to see a reason, one a kind of call: between two, of a group, of a meeting.</summary>
    public static ImmutableArray<Showing> All(EndReason reason) => [.. new[] { OfPair(reason), OfGroup(reason), OfMeeting(reason) }.OfType<Showing>()];

    private static Showing? OfPair(EndReason reason) => TestIdentity.For(reason) switch
    {
        null => null,
        { Called: null } identity => new Dial(identity),
        { Identity.Kind: IdentityKind.Phone } identity => new CallNumber(identity),
        var identity => new CallUser(identity),
    };

    private static CallGroup? OfGroup(EndReason reason) => TestIdentity.GroupFor(reason) is { IsEmpty: false } users ? new(reason, users) : null;

    private static JoinThread? OfMeeting(EndReason reason) => TestThread.For(reason) is { } thread ? new(thread) : null;

    public sealed record CallUser(TestIdentity User) : Showing(User.Reason)
    {
        protected override string Deed => $"Let a bot call the user {User.Identity.Id}";
    }

    public sealed record CallNumber(TestIdentity Number) : Showing(Number.Reason)
    {
        protected override string Deed => $"Let a bot call the number {Number.Identity.Id}";
    }

    /// <summary>The bot is called.</summary>
    public sealed record Dial(TestIdentity Caller) : Showing(Caller.Reason)
    {
        /// <summary>Whether the bot has to answer.</summary>
        public bool IsAnswered => Reason != EndReasons.NotAnswered && Caller.Calls is { Patience: null, SharesLine: null };

        protected override string Deed => $"POST /control/phones/{Caller.Identity.Id}/dial {{\"to\":\"<application id>\"}}";
    }

    /// <summary>The bot calls several at once.</summary>
    public sealed record CallGroup(EndReason Reason, ImmutableArray<TestIdentity> Users) : Showing(Reason)
    {
        protected override string Deed => $"Let a bot call the users {string.Join(" and ", Users.Select(user => user.Identity.Id))} at once";
    }

    /// <summary>The bot joins a meeting.</summary>
    public sealed record JoinThread(TestThread Thread) : Showing(Thread.Reason)
    {
        protected override string Deed => $"Let a bot join the meeting of thread {Thread.Thread}";
    }
}
