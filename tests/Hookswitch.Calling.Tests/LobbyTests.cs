using System.Globalization;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Who waits in the lobby of a meeting, and how the wait ends.</summary>
public sealed class LobbyTests
{
    private const string Home = "contoso.example";
    private const string Abroad = "fabrikam.example";

    private static readonly MeetingTerms Strict = TheMeeting with { Lobby = LobbyBypass.Organizer, Organizer = Person(ThePhone).Identity };

    private static readonly Given OnePersonWaits =
        new(Joins(Person(ThePhone), Strict), Joins(Person(TheSecondPhone) with { Role = MeetingRole.Presenter }, Strict));

    private static readonly Given BotWaits = OnePersonWaits.And(Joins(Bot(TheBot, Contoso), Strict));

    private static readonly AdmitFromLobby BotAdmits = new(TheBot, Contoso, ParticipantOf(TheThirdPhone), TheOperation, "context");
    private static readonly RemoveFromLobby BotRefusesEntry = new(TheBot, Contoso, ParticipantOf(TheThirdPhone), TheOperation, "context");
    private static readonly MeetingTerms ForBots = TheMeeting with { Lobby = LobbyBypass.Invited, Invited = [Contoso.Value] };
    private static readonly Given OneWaits = new(Joins(Bot(TheBot, Contoso), ForBots), Joins(Person(TheThirdPhone), ForBots));

    private static readonly (string Who, Party Party)[] Kinds =
    [
        ("the organizer", Person(ThePhone)),
        ("a co-organizer", Person(TheSecondPhone)),
        ("a presenter of the tenant", Person(TheThirdPhone) with { Role = MeetingRole.Presenter }),
        ("a user who was invited", Of(IdentityKind.User, "invited", Abroad)),
        ("a user of the tenant", Of(IdentityKind.User, "user", Home)),
        ("a user of another tenant", Of(IdentityKind.User, "user", Abroad)),
        ("a guest", Of(IdentityKind.Guest, "guest", tenant: null)),
        ("a telephone", Number(TheNumber)),
        ("a bot of the tenant", Bot(TheBot, Contoso)),
        ("a bot of another tenant", Bot(TheBot, Contoso) with { Bot = Bot(TheBot, Contoso).Bot! with { Tenant = Abroad } }),
    ];

    [Fact]
    public void Who_waits_in_the_lobby_by_who_it_is_and_by_what_the_meeting_says() =>
        Snapshot.Match(string.Concat(Enum.GetValues<LobbyBypass>().SelectMany(bypass => Kinds.Select(kind =>
            string.Create(CultureInfo.InvariantCulture, $"{bypass,-30}{kind.Who,-30}{Gets(bypass, kind.Party)}\n")))));

    [Fact]
    public void A_guest_may_be_let_past_the_lobby() =>
        new Given(Joins(Of(IdentityKind.Guest, "guest", tenant: null), Strict) with { BypassesLobby = true }).ThenInside(Nobody);

    [Fact]
    public void Only_a_guest_may_be_let_past_the_lobby() =>
        new Given(Joins(Person(TheSecondPhone), Strict) with { BypassesLobby = true }).ThenInside();

    [Fact]
    public void Whoever_waits_is_in_the_roster_and_has_thirty_minutes() =>
        OnePersonWaits.When(Joins(Bot(TheBot, Contoso), Strict)).Then(
            new LegAdded(TheBot, ParticipantOf(TheBot), Bot(TheBot, Contoso).Identity, CallDirection.Outgoing, Bot(TheBot, Contoso).Bot, []),
            new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)),
            new LegPutInLobby(TheBot),
            new DeadlineSet(DeadlineKind.Lobby, TheBot, Noon + Minutes(30)),
            new RosterChanged([ParticipantOf(TheBot)]));

    [Fact]
    public void Whoever_waits_sees_itself_alone()
    {
        var waits = BotWaits.Conversation;

        Assert.Equal([TheBot], waits.RosterOf(waits.Find(TheBot)!).Select(leg => leg.Id));
        Assert.Equal([ThePhone, TheSecondPhone, TheBot], waits.RosterOf(waits.Find(ThePhone)!).Select(leg => leg.Id));
    }

    [Fact]
    public void Whom_nobody_lets_in_ends_with_5855() =>
        BotWaits.Let(Minutes(30)).ThenOver(
            (ThePhone, EndReasons.NobodyJoined), (TheSecondPhone, EndReasons.LobbyTimeout), (TheBot, EndReasons.LobbyTimeout));

    [Fact]
    public void A_person_lets_all_in_who_wait() =>
        BotWaits.When(new PhoneActed(ThePhone, PhoneAction.Admit)).Then(
            new LegAdmitted(TheSecondPhone),
            new DeadlineCleared(DeadlineKind.Lobby, TheSecondPhone),
            new MediaStarted(TheSecondPhone),
            new LegAdmitted(TheBot),
            new DeadlineCleared(DeadlineKind.Lobby, TheBot),
            new MediaStarted(TheBot),
            new DeadlineCleared(DeadlineKind.Join, ThePhone),
            new RosterChanged([ParticipantOf(TheSecondPhone), ParticipantOf(TheBot)]));

    [Fact]
    public void A_person_lets_one_in() =>
        BotWaits
            .When(new PhoneActed(ThePhone, PhoneAction.Admit) { Participant = ParticipantOf(TheBot) })
            .ThenChangesRoster(ParticipantOf(TheBot));

    [Fact]
    public void A_person_refuses_entry_with_5854() =>
        BotWaits
            .When(new PhoneActed(ThePhone, PhoneAction.Deny) { Participant = ParticipantOf(TheBot) })
            .ThenEnds((TheBot, EndReasons.RefusedEntry));

    [Fact]
    public void Nobody_lets_in_where_nobody_waits() =>
        new Given(Joins(Person(ThePhone))).When(new PhoneActed(ThePhone, PhoneAction.Admit)).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void Whoever_waits_lets_nobody_in() =>
        OnePersonWaits.When(new PhoneActed(TheSecondPhone, PhoneAction.Admit)).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void The_script_of_a_phone_begins_when_it_is_let_in()
    {
        var waits = new Given(Joins(Person(ThePhone), Strict), Joins(Person(TheSecondPhone, Step(PhoneAction.HangUp, 5)), Strict)).Let(Minutes(1));

        waits.When(new PhoneActed(ThePhone, PhoneAction.Admit)).ThenBesidesRoster(
            new LegAdmitted(TheSecondPhone),
            new DeadlineCleared(DeadlineKind.Lobby, TheSecondPhone),
            new MediaStarted(TheSecondPhone),
            new DeadlineSet(DeadlineKind.Script, TheSecondPhone, Noon + Minutes(1) + Seconds(5)),
            new DeadlineCleared(DeadlineKind.Join, ThePhone));
    }

    public static TheoryData<string> WhatABotCannotDoInTheLobby => ["invite", "remove", "mute", "mute itself", "unmute itself", "admit", "refuse entry"];

    [Theory]
    [MemberData(nameof(WhatABotCannotDoInTheLobby))]
    public void A_bot_in_the_lobby_can_do_nothing_to_itself_or_others(string action) =>
        BotWaits.When(action switch
        {
            "invite" => Invites(Invitee(Person(TheThirdPhone))),
            "remove" => new RemoveParticipant(TheBot, Contoso, ParticipantOf(ThePhone)),
            "mute" => new MuteParticipant(TheBot, Contoso, ParticipantOf(ThePhone), TheOperation, ClientContext: null),
            "mute itself" => new Mute(TheBot, Contoso, TheOperation, ClientContext: null),
            "unmute itself" => new Unmute(TheBot, Contoso, TheOperation, ClientContext: null),
            "admit" => new AdmitFromLobby(TheBot, Contoso, Participant: null, TheOperation, ClientContext: null),
            _ => new RemoveFromLobby(TheBot, Contoso, ParticipantOf(TheSecondPhone), TheOperation, ClientContext: null),
        }).ThenRefused(Refusal.CallIsInLobby);

    [Fact]
    public void A_bot_in_the_lobby_keeps_its_call_alive() =>
        BotWaits.After(Minutes(1)).When(new KeepAlive(TheBot, Contoso))
            .Then(new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(46)));

    [Fact]
    public void A_bot_in_the_lobby_hangs_up_with_7000() =>
        BotWaits.When(HangsUp(TheBot, Contoso)).Then(
            new LegTerminating(TheBot), new LegTerminated(TheBot, EndReasons.EndedByBot), new RosterChanged([ParticipantOf(TheBot)]));

    [Fact]
    public void A_bot_lets_one_in() =>
        OneWaits.When(BotAdmits).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.AdmitFromLobby, "context", [ParticipantOf(TheThirdPhone)]),
            new LegAdmitted(TheThirdPhone),
            new DeadlineCleared(DeadlineKind.Lobby, TheThirdPhone),
            new MediaStarted(TheThirdPhone),
            new OperationEnded(TheOperation, IsTold: false),
            new DeadlineCleared(DeadlineKind.Join, TheBot),
            new RosterChanged([ParticipantOf(TheThirdPhone)]));

    [Fact]
    public void A_bot_lets_all_in_or_nobody_if_nobody_waits()
    {
        OneWaits.When(BotAdmits with { Participant = null })
            .ThenOf(new OperationStarted(TheOperation, TheBot, OperationKind.AdmitAllFromLobby, "context", [ParticipantOf(TheThirdPhone)]));
        OneWaits.And(BotAdmits).When(BotAdmits with { Participant = null, Operation = Invited }).Then(
            new OperationStarted(Invited, TheBot, OperationKind.AdmitAllFromLobby, "context", []),
            new OperationEnded(Invited, IsTold: false));
    }

    [Fact]
    public void A_bot_refuses_entry_with_5854() => OneWaits.When(BotRefusesEntry).ThenEnds((TheThirdPhone, EndReasons.RefusedEntry));

    [Fact]
    public void One_who_is_inside_is_not_in_the_lobby()
    {
        OneWaits.And(BotAdmits).When(BotAdmits).ThenRefused(Refusal.NotInLobby);
        OneWaits.And(BotAdmits).When(BotRefusesEntry).ThenRefused(Refusal.NotInLobby);
    }

    [Fact]
    public void One_who_is_nowhere_is_not_found()
    {
        OneWaits.When(BotAdmits with { Participant = Invited }).ThenRefused(Refusal.ParticipantNotFound);
        OneWaits.When(BotRefusesEntry with { Participant = Invited }).ThenRefused(Refusal.ParticipantNotFound);
    }

    private static Party Of(IdentityKind kind, string id, string? tenant) =>
        Phone(Nobody) with { Identity = new Identity(kind, id, Tenant: tenant) };

    private static string Gets(LobbyBypass bypass, Party party)
    {
        var meeting = TheMeeting with
        {
            Lobby = bypass,
            Organizer = Person(ThePhone).Identity,
            CoOrganizers = [Person(TheSecondPhone).Identity.Id],
            Invited = ["INVITED"],
        };
        return new Given(Joins(party, meeting)).Conversation.Legs[0].InLobby ? "waits" : "comes in";
    }
}
