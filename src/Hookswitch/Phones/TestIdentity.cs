using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>What a test identity does when it is called, or when it calls.</summary>
/// <param name="Script">Of its phone.</param>
internal sealed record TestConduct(params ImmutableArray<ScriptStep> Script)
{
    public PhoneHabits Habits { get; init; } = PhoneHabits.Usual;

    /// <summary>Nobody is there, for that reason.</summary>
    public EndReason? Unreachable { get; init; }

    /// <summary>Behind it is a bot that is built in, rather than a person.</summary>
    public bool IsBot { get; init; }

    /// <summary>As a caller: after which it gives up.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>As a caller: what does the phone that shares the line of the bot that it calls. Null: none does.</summary>
    public Phone? SharesLine { get; init; }
}

/// <summary>
/// A user or a number whose calls end with the reason that its last six digits name, by its true cause and within seconds, so that a bot
/// developer dials a number to see a reason. A registration of the same id goes before it.
/// </summary>
internal sealed record TestIdentity(Calling.Identity Identity, EndReason Reason)
{
    private const string UserPrefix = "00000000-0000-4000-8000-";
    private const string NumberPrefix = "+999";
    private const int UserDigits = 12;
    private const int NumberDigits = 8;
    private const int SubcodeDigits = 6;

    /// <summary>Their own times, whatever those of the server are.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly ScriptStep Rings = new(PhoneAction.Ring, TimeSpan.FromMilliseconds(100));
    private static readonly ScriptStep Answers = new(PhoneAction.Answer, TimeSpan.FromMilliseconds(200));

    /// <summary>What it does when it is called; null: nothing of its own.</summary>
    public TestConduct? Called => Identity.Kind == IdentityKind.Phone ? NumberCalled(Reason) : UserCalled(Reason);

    /// <summary>What it does when it is called into a group; null: nothing of its own.</summary>
    public TestConduct? CalledIntoGroup => Identity.Kind == IdentityKind.User ? UserCalledIntoGroup(Reason) ?? UserCalled(Reason) : Called;

    /// <summary>What it does when it calls; null: nothing of its own.</summary>
    public TestConduct? Calls => Identity.Kind == IdentityKind.Phone ? NumberCalls(Reason) : UserCalls(Reason);

    /// <summary>The test identity that shows a reason; null: no peer-to-peer call with a phone shows it.</summary>
    public static TestIdentity? For(EndReason reason)
    {
        var user = User(reason, number: 0);
        return user is { Called: not null } or { Calls: not null } ? user
            : OfNumber(string.Create(CultureInfo.InvariantCulture, $"{NumberPrefix}{reason.Subcode:D8}")) is { } number
                && (number.Called ?? number.Calls) is not null ? number
            : null;
    }

    /// <summary>The users who show a reason that ends group calls alone, when a bot calls all of them at once; nobody: there is none such.</summary>
    public static ImmutableArray<TestIdentity> GroupFor(EndReason reason) =>
        UserCalledIntoGroup(reason) is null ? [] : [.. Enumerable.Range(1, 2).Select(number => User(reason, number)).OfType<TestIdentity>()];

    public static TestIdentity? OfUser(string id) =>
        Subcode(id, UserPrefix, UserDigits) is { } reason
            ? new TestIdentity(new Calling.Identity(IdentityKind.User, id, Tenant: Directory.DevelopmentTenant), reason)
            : null;

    public static TestIdentity? OfNumber(string id) =>
        Subcode(id, NumberPrefix, NumberDigits) is { } reason ? new TestIdentity(new Calling.Identity(IdentityKind.Phone, id), reason) : null;

    /// <summary>Whom a call to it reaches.</summary>
    public Route Route(TestConduct conduct, Timeouts timeouts) => new(
        Identity,
        conduct.Unreachable is null ? [Party(conduct)] : [],
        conduct.Unreachable)
    {
        Timeouts = Times(timeouts),
    };

    /// <summary>It as one who calls or is called.</summary>
    public Party Party(TestConduct conduct) => Routing.OfPhone(
        conduct.IsBot ? new Calling.Identity(IdentityKind.Application, Identity.Id, "Built-in bot") : Identity,
        new Phone(new Script(conduct.Script), conduct.Habits)) with
    {
        Patience = conduct.Patience,
    };

    /// <summary>The times of its calls. Only where nobody is to answer is the bot given less time to do so.</summary>
    public Timeouts Times(Timeouts timeouts) => timeouts with
    {
        Ring = Short,
        Signalling = Short,
        Acknowledgement = Short,
        MediaStart = Short,
        MediaLoss = Short,
        InviteRing = Short,
        Answer = Reason == EndReasons.NotAnswered ? Short : timeouts.Answer,
    };

    // One row a reason: its cause, when a bot calls this user.
    private static TestConduct? UserCalled(EndReason reason) => reason.Subcode switch
    {
        4521 => new TestConduct(Rings, Answers, Then(PhoneAction.HangUp)),
        5001 or 7015 or 8537 => new TestConduct(Rings, Answers), // the bot deletes or transfers the call, or forgets to keep it alive
        1005 => new TestConduct(Rings, Answers), // the bot's media are nowhere
        10550 => new TestConduct(Answers, Then(PhoneAction.HangUp)) { IsBot = true },
        18503 => new TestConduct(Rings, Answers, Then(PhoneAction.Vanish)),
        1106 => new TestConduct(Rings, Answers) { Habits = new(Acknowledges: false) },
        10057 => new TestConduct(),
        301004 => new TestConduct(Rings, Answers) { Habits = new(BringsMedia: false) },
        301005 => new TestConduct(Rings, Answers, Then(PhoneAction.LoseMedia)),
        10004 => new TestConduct(Rings),
        10024 => new TestConduct(Rings, Then(PhoneAction.Decline)),
        10037 or 10076 or 10134 or 10199 => new TestConduct() { Unreachable = reason },
        _ => null,
    };

    // The same, when a bot calls a group of such users.
    private static TestConduct? UserCalledIntoGroup(EndReason reason) => reason.Subcode switch
    {
        5003 => new TestConduct(Rings, Then(PhoneAction.Decline)),
        5010 => new TestConduct(Rings, Answers, Then(PhoneAction.HangUp)),
        5013 => new TestConduct(Rings),
        _ => null,
    };

    // The same, when this user calls a bot.
    private static TestConduct? UserCalls(EndReason reason) => reason.Subcode switch
    {
        4521 => new TestConduct(Then(PhoneAction.HangUp)),
        5001 or 8537 or 10004 => new TestConduct(), // the bot deletes the call, forgets to keep it alive, or does not answer
        10550 => new TestConduct(Then(PhoneAction.HangUp)) { IsBot = true },
        18503 => new TestConduct(Then(PhoneAction.Vanish)),
        1106 => new TestConduct() { Habits = new(Acknowledges: false) },
        301004 => new TestConduct() { Habits = new(BringsMedia: false) },
        301005 => new TestConduct(Then(PhoneAction.LoseMedia)),
        10003 => new TestConduct() { SharesLine = new Phone(new Script([Rings, Then(PhoneAction.Answer)]), PhoneHabits.Usual) },
        _ => null,
    };

    // The telephone network: 560xxx for calls that go out to it.
    private static TestConduct? NumberCalled(EndReason reason) => reason.Subcode switch
    {
        10134 => new TestConduct() { Unreachable = reason },
        560000 => new TestConduct(Rings, Answers, Then(PhoneAction.HangUp)),
        560480 => new TestConduct(Rings),
        560486 => new TestConduct(Then(PhoneAction.Busy)),
        560603 => new TestConduct(Rings, Then(PhoneAction.Decline)),
        > 560000 and < 561000 => new TestConduct(Then(PhoneAction.Refuse) with { SipStatus = reason.Code }),
        _ => null,
    };

    // And 540xxx for those that come in from it.
    private static TestConduct? NumberCalls(EndReason reason) => reason.Subcode switch
    {
        540000 => new TestConduct(Then(PhoneAction.HangUp)),
        540487 => new TestConduct() { Patience = TimeSpan.FromSeconds(1) },
        _ => null,
    };

    private static TestIdentity? User(EndReason reason, int number) =>
        OfUser(string.Create(CultureInfo.InvariantCulture, $"{UserPrefix}{number:D6}{reason.Subcode:D6}"));

    private static ScriptStep Then(PhoneAction action) => new(action, TimeSpan.FromSeconds(1));

    private static EndReason? Subcode(string id, string prefix, int digits) =>
        id.Length == prefix.Length + digits && id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && id.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0
        && EndReasons.Find(int.Parse(id.AsSpan(id.Length - SubcodeDigits), CultureInfo.InvariantCulture)) is { IsTold: true } reason
            ? reason
            : null;
}
