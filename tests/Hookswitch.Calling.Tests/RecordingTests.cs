using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>What a bot says of its recording.</summary>
public sealed class RecordingTests
{
    private static readonly Given Call = new(BotCallsUser, PhoneAnswers);
    private static readonly Given Meeting = new(Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)));

    private static readonly UpdateRecordingStatus Records = new(TheBot, Contoso, RecordingStatus.Recording, TheOperation, "context");

    [Fact]
    public void A_bot_says_that_it_records_and_rosters_show_it() =>
        Meeting.When(Records).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.UpdateRecordingStatus, "context", [ParticipantOf(TheBot)]),
            new RecordingStatusUpdated(TheBot, RecordingStatus.Recording),
            new OperationEnded(TheOperation, IsTold: false),
            new RosterChanged([ParticipantOf(TheBot)]));

    [Fact]
    public void Between_two_there_is_no_roster_to_be_told() =>
        Call.When(Records).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.UpdateRecordingStatus, "context", [ParticipantOf(TheBot)]),
            new RecordingStatusUpdated(TheBot, RecordingStatus.Recording),
            new OperationEnded(TheOperation, IsTold: false));

    [Fact]
    public void What_is_so_already_is_told_to_nobody() =>
        Meeting.And(Records).When(Records with { Operation = Invited }).ThenBesidesRoster(
            new OperationStarted(Invited, TheBot, OperationKind.UpdateRecordingStatus, "context", [ParticipantOf(TheBot)]),
            new OperationEnded(Invited, IsTold: false));

    [Fact]
    public void A_recording_stops_or_fails_and_rosters_show_it()
    {
        var recorded = Meeting.And(Records);

        Assert.All([RecordingStatus.NotRecording, RecordingStatus.Failed], status =>
            recorded.When(Records with { Status = status, Operation = Invited }).ThenChangesRoster(ParticipantOf(TheBot)));
    }

    [Fact]
    public void Only_the_own_application_says_it_and_of_an_established_call()
    {
        Call.When(Records with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
        Call.And(PhoneHangsUp).When(Records).ThenRefused(Refusal.CallNotFound);
        new Given(BotCallsUser).When(Records).ThenRefused(Refusal.CallNotEstablished);
        new Given(UserCallsBot).When(Records).ThenRefused(Refusal.CallNotEstablished);
    }

    [Fact]
    public void Nothing_is_recorded_from_the_lobby()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Organizer };

        new Given(Joins(Person(ThePhone), strict), Joins(Bot(TheBot, Contoso), strict)).When(Records).ThenRefused(Refusal.CallIsInLobby);
    }
}
