using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>
/// A meeting that ends for the bot that joins it with the reason that its thread names, by its true cause and within seconds. It need not
/// be registered, and anybody may be its organizer. Whoever joins has one of their own.
/// </summary>
internal sealed partial record TestThread(string Thread, EndReason Reason)
{
    /// <summary>Their own times, whatever those of the server are.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly ScriptStep Leaves = Then(PhoneAction.HangUp);

    /// <summary>Null: no test thread is called so.</summary>
    public static TestThread? Of(string thread) =>
        Name().Match(thread) is { Success: true } match
        && EndReasons.Find(int.Parse(match.Groups["subcode"].ValueSpan, CultureInfo.InvariantCulture)) is { IsTold: true } reason
        && Shown(reason) is not null
            ? new TestThread(thread, reason)
            : null;

    /// <summary>The test thread that shows a reason; null: no meeting ends so.</summary>
    public static TestThread? For(EndReason reason) =>
        Of(string.Create(CultureInfo.InvariantCulture, $"19:meeting_endreason-{reason.Subcode}@thread.v2"));

    /// <summary>It as a meeting that can be joined.</summary>
    /// <param name="thread">As the bot named it.</param>
    public FoundMeeting Found(MeetingThread thread, Timeouts timeouts)
    {
        var conduct = Shown(Reason)!;
        return new FoundMeeting(
            new MeetingTerms(conduct.Kind, thread, Guid.NewGuid())
            {
                Subject = Reason.Message,
                StandsAlone = true,
                Lobby = conduct.Lobby,
                RequiresHost = conduct.RequiresHost,
                EndsWithInitiator = conduct.EndsWithInitiator,
                EndsAfter = conduct.EndsAfter,
            },
            [.. conduct.Company.Select((one, i) => Party(one, i, thread.Tenant))],
            timeouts with { Lobby = Short, Alone = Short, Join = Short });
    }

    // One row a reason: its cause.
    private static Conduct? Shown(EndReason reason) => reason.Subcode switch
    {
        4097 => new Conduct(Ada(Then(PhoneAction.EndForEveryone))),
        5000 => new Conduct(Ada(Then(PhoneAction.Remove))),
        5001 => new Conduct(Ada()) { EndsAfter = Short }, // its operator ends it
        5002 => new Conduct(Ada(Leaves)),
        5007 => new Conduct(Ada(Leaves), Ben()) { Kind = ConversationKind.GroupCall, EndsWithInitiator = true },
        5010 => new Conduct(Ada(Leaves)) { Kind = ConversationKind.GroupCall },
        5012 => new Conduct() { Kind = ConversationKind.GroupCall }, // it was over before
        5013 => new Conduct(),
        5014 => new Conduct(Ada(Leaves), Guest()) { RequiresHost = true },
        5020 => new Conduct(Ada(Leaves), Recorder()),
        5030 => new Conduct(Ada()) { Kind = ConversationKind.BreakoutRoom, EndsAfter = Short },
        5300 => new Conduct(Ada(), Moderator(Then(PhoneAction.Remove))),
        5854 => new Conduct(Ada(Then(PhoneAction.Deny))) { Lobby = LobbyBypass.Organizer },
        5855 => new Conduct(Ada()) { Lobby = LobbyBypass.Organizer },
        7000 => new Conduct(Ada()), // the bot deletes its call
        _ => null,
    };

    private static Someone Ada(params ImmutableArray<ScriptStep> script) => new(IdentityKind.User, "Ada", script);

    private static Someone Ben(params ImmutableArray<ScriptStep> script) => new(IdentityKind.User, "Ben", script);

    private static Someone Guest() => new(IdentityKind.Guest, "A guest", []);

    private static Someone Recorder() => new(IdentityKind.Application, "Built-in recorder", []) { Hidden = true };

    private static Someone Moderator(params ImmutableArray<ScriptStep> script) => new(IdentityKind.Application, "Built-in moderator", script);

    private static ScriptStep Then(PhoneAction action) => new(action, TimeSpan.FromSeconds(1));

    private static Party Party(Someone one, int place, string tenant) => Routing.OfPhone(
        new Calling.Identity(one.Kind, string.Create(CultureInfo.InvariantCulture, $"e0000000-0000-4000-8000-{place + 1:D12}"), one.Name, one.Kind == IdentityKind.User ? tenant : null),
        new Phone(new Script(one.Script), PhoneHabits.Usual)) with
    {
        Hidden = one.Hidden,
    };

    [GeneratedRegex(@"^19:meeting_endreason-(?<subcode>[0-9]{4,6})@thread\.v2\z", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    /// <summary>What such a meeting is like.</summary>
    private sealed record Conduct(params ImmutableArray<Someone> Company)
    {
        public ConversationKind Kind { get; init; } = ConversationKind.Meeting;

        public LobbyBypass Lobby { get; init; }

        public bool RequiresHost { get; init; }

        public bool EndsWithInitiator { get; init; }

        public TimeSpan? EndsAfter { get; init; }
    }

    /// <summary>Someone who is in it when the bot comes.</summary>
    private sealed record Someone(IdentityKind Kind, string Name, ImmutableArray<ScriptStep> Script)
    {
        public bool Hidden { get; init; }
    }
}
