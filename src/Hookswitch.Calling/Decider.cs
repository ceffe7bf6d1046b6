using System.Diagnostics;
using Hookswitch.Calling.Rules;

namespace Hookswitch.Calling;

/// <summary>The rules of calling: from a conversation, a command and an instant to events or a refusal. Pure.</summary>
public static class Decider
{
    /// <param name="timeouts">Those of the server, which hold where the conversation has none of its own.</param>
    public static Decision Decide(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) =>
        WithConsequences(conversation, ByRule(conversation, command, now, conversation.Timeouts ?? timeouts), now, timeouts);

    private static Decision WithConsequences(Conversation conversation, Decision decision, DateTimeOffset now, Timeouts timeouts)
    {
        var caused = Conversation.Evolve(conversation, decision.Events);
        return decision.Events.IsEmpty || caused.IsPeerToPeer
            ? decision
            : [.. decision.Events, .. Consequences.Of(conversation, caused, now, caused.Timeouts ?? timeouts)];
    }

    /// <summary>The table of contents of the rules.</summary>
    private static Decision ByRule(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) => command switch
    {
        PlaceCall c => Placing.Decide(conversation, c, now, c.Timeouts ?? timeouts),
        Answer c => Answering.Decide(conversation, c, now, timeouts),
        Reject c => Answering.Decide(conversation, c, now, timeouts),
        Redirect c => Redirecting.Decide(conversation, c, now, timeouts),
        TransferCall c => Transferring.Decide(conversation, c, now, timeouts),
        HangUp c => HangingUp.Decide(conversation, c),
        KeepAlive c => KeepingAlive.Decide(conversation, c, now, timeouts),
        SubscribeToTones c => Tones.Decide(conversation, c),
        UpdateRecordingStatus c => Recording.Decide(conversation, c),
        StartMedia c => MediaOperations.Decide(conversation, c, now),
        CancelMedia c => MediaOperations.Decide(conversation, c),
        MediaSocketChanged c => Rules.Media.Decide(conversation, c, now, timeouts),
        MediaEnded c => MediaOperations.Decide(conversation, c),
        PhoneActed c => Phones.Decide(conversation, c, now, timeouts),
        DeadlinePassed => Rules.Deadlines.Decide(conversation, now, timeouts),
        _ => ByGroupRule(conversation, command, now, timeouts),
    };

    // What makes sense only where several talk.
    private static Decision ByGroupRule(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) => command switch
    {
        PlaceGroupCall c => GroupCalling.Decide(conversation, c, now, c.Timeouts ?? timeouts),
        Join c => Joining.Decide(conversation, c, now, conversation.HasStarted ? timeouts : c.Timeouts ?? timeouts),
        Invite c => GroupCalling.Decide(conversation, c, now, timeouts),
        RemoveParticipant c => Participants.Decide(conversation, c),
        MuteParticipant c => Participants.Decide(conversation, c),
        Mute c => Participants.Decide(conversation, c),
        Unmute c => Participants.Decide(conversation, c),
        StartHoldMusic c => MediaOperations.Decide(conversation, c, now),
        StopHoldMusic c => MediaOperations.Decide(conversation, c, now),
        CreateRoutingGroup c => AudioRouting.Decide(conversation, c),
        UpdateRoutingGroup c => AudioRouting.Decide(conversation, c),
        DeleteRoutingGroup c => AudioRouting.Decide(conversation, c),
        ChangeScreenSharingRole c => ScreenSharing.Decide(conversation, c),
        AdmitFromLobby c => Lobby.Decide(conversation, c, now, timeouts),
        RemoveFromLobby c => Lobby.Decide(conversation, c),
        EndConversation => HangingUp.EndAll(conversation),
        OpenRoom c => Moving.Decide(conversation, c),
        CloseRoom => Moving.Close(conversation),
        Release c => Moving.Decide(conversation, c, now),
        Arrive c => Moving.Decide(conversation, c, now, conversation.HasStarted ? timeouts : c.Timeouts ?? timeouts),
        DepartureAnswered c => Moving.Decide(conversation, c),
        ReplacementRefused c => Moving.Decide(conversation, c),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."), // a test decides every command type
    };
}
