using System.Collections.Immutable;

namespace Hookswitch.Calling.Tests;

/// <summary>Always the same few, and the calls between them.</summary>
internal static class Parties
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Chain = new("c0c0c0c0-0000-4000-8000-000000000001");

    public static readonly AppId Contoso = new("c0000000-0000-4000-8000-00000000c070");
    public static readonly AppId Fabrikam = new("f0000000-0000-4000-8000-00000000fab0");

    public static readonly LegId TheBot = new(0xB0);
    public static readonly LegId TheOtherBot = new(0xB1);
    public static readonly LegId ThePhone = new(0xA0);
    public static readonly LegId TheSecondPhone = new(0xA1);
    public static readonly LegId TheThirdPhone = new(0xA2);
    public static readonly LegId TheNumber = new(0xD0);
    public static readonly LegId Nobody = new(0xFF);

    public static readonly Guid Invited = new("1a1a1a1a-0000-4000-8000-000000000001");

    public static readonly Guid TheOperation = new("0e0e0e0e-0000-4000-8000-000000000001");

    /// <summary>From the bot to the phone alone.</summary>
    public static readonly RoutingGroup Whisper = new("whisper", RoutingMode.OneToOne, [ParticipantOf(TheBot)], [ParticipantOf(ThePhone)]);

    /// <summary>An ad hoc group call.</summary>
    public static readonly MeetingTerms TheGroup =
        new(ConversationKind.GroupCall, new MeetingThread("contoso.example", "19:group@thread.v2", "0"), Chain);

    /// <summary>A meeting into which everyone may come.</summary>
    public static readonly MeetingTerms TheMeeting =
        new(ConversationKind.Meeting, new MeetingThread("contoso.example", "19:meeting_one@thread.v2", "0"), Chain);

    public static readonly Identity Alice = new(IdentityKind.User, "a11ce000-0000-4000-8000-000000000001", "Alice");
    public static readonly Identity Landline = new(IdentityKind.Phone, "+12065550100");
    public static readonly MediaConfig Media = new ServiceHostedMedia([]);

    public static readonly PlaceCall BotCallsUser = Call(Bot(TheBot, Contoso), Phone(ThePhone));
    public static readonly PlaceCall BotCallsTwoPhones = Call(Bot(TheBot, Contoso), Phone(ThePhone), Phone(TheSecondPhone));
    public static readonly PlaceCall BotCallsNumber = Call(Bot(TheBot, Contoso), Number(TheNumber));
    public static readonly PlaceCall UserCallsBot = Call(Phone(ThePhone), Bot(TheBot, Contoso));
    public static readonly PlaceCall NumberCallsBot = Call(Number(TheNumber), Bot(TheBot, Contoso));
    public static readonly PlaceCall BotCallsBot = Call(Bot(TheBot, Contoso), Bot(TheOtherBot, Fabrikam));

    /// <summary>A line that a bot shares with a phone.</summary>
    public static readonly PlaceCall UserCallsSharedLine = Call(Phone(ThePhone), Bot(TheBot, Contoso), Phone(TheSecondPhone));

    public static readonly PhoneActed PhoneRings = new(ThePhone, PhoneAction.Ring);
    public static readonly PhoneActed PhoneAnswers = new(ThePhone, PhoneAction.Answer);
    public static readonly PhoneActed PhoneDeclines = new(ThePhone, PhoneAction.Decline);
    public static readonly PhoneActed PhoneHangsUp = new(ThePhone, PhoneAction.HangUp);
    public static readonly PhoneActed NumberAnswers = new(TheNumber, PhoneAction.Answer);
    public static readonly PhoneActed NumberHangsUp = new(TheNumber, PhoneAction.HangUp);
    public static readonly Answer BotAnswers = new(TheBot, Contoso, Callback: null, Media);
    public static readonly Answer OtherBotAnswers = new(TheOtherBot, Fabrikam, Callback: null, Media);

    /// <summary>The bot calls two people at once.</summary>
    public static readonly PlaceGroupCall BotCallsTwoPeople = CallGroup(Invitee(Person(ThePhone)), Invitee(Person(TheSecondPhone)));

    public static PlaceGroupCall CallGroup(params ImmutableArray<Invitee> invitees) => new(Chain, Bot(TheBot, Contoso), invitees, TheGroup);

    /// <summary>One who is called, with all that is behind its line.</summary>
    public static Invitee Invitee(params ImmutableArray<Party> line) => new(line[0].Participant, line[0].Identity, line);

    public static Invitee Unreachable(Party party, EndReason reason) => new(party.Participant, party.Identity, [], reason);

    public static Invite Invites(params ImmutableArray<Invitee> invitees) => new(TheBot, Contoso, TheOperation, "context", invitees, TheGroup);

    public static Join Joins(Party party, MeetingTerms? meeting = null) => new(Chain, party, meeting ?? TheMeeting);

    public static PhoneActed Answers(LegId phone) => new(phone, PhoneAction.Answer);

    public static PhoneActed Declines(LegId phone) => new(phone, PhoneAction.Decline);

    public static PhoneActed HangsUp(LegId phone) => new(phone, PhoneAction.HangUp);

    public static HangUp HangsUp(LegId bot, AppId application) => new(bot, application);

    public static PlaceCall Call(Party caller, params ImmutableArray<Party> callees) =>
        new(Chain, caller, callees.IsEmpty ? Alice : callees[0].Identity, callees);

    public static Party Bot(LegId leg, AppId application) =>
        new(leg, ParticipantOf(leg), new Identity(IdentityKind.Application, application.Value),
            new Bot(application, "contoso.example", "https://bot.example/calls"), Script.None);

    public static Party Phone(LegId leg, params ImmutableArray<ScriptStep> script) =>
        new(leg, ParticipantOf(leg), Alice, Bot: null, new Script(script));

    public static Party Number(LegId leg, params ImmutableArray<ScriptStep> script) =>
        new(leg, ParticipantOf(leg), Landline, Bot: null, new Script(script));

    /// <summary>A phone of somebody else than all the others, of the conversation's tenant.</summary>
    public static Party Person(LegId leg, params ImmutableArray<ScriptStep> script) =>
        Phone(leg, script) with { Identity = new Identity(IdentityKind.User, ParticipantOf(leg).ToString(), Tenant: "contoso.example") };

    public static ScriptStep Step(PhoneAction action, int seconds) => new(action, Seconds(seconds));

    public static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    public static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    public static Guid ParticipantOf(LegId leg) => new((int)leg.Value, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
