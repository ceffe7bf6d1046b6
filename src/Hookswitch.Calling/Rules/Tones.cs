namespace Hookswitch.Calling.Rules;

/// <summary>How a bot comes to hear which keys are pressed. Graph, call: subscribeToTone.</summary>
internal static class Tones
{
    public static Decision Decide(Conversation conversation, SubscribeToTones command) =>
        Member.ActOnMedia(conversation, command.Leg, command.Application, leg => Member.Done(
            command.Operation, leg, OperationKind.SubscribeToTone, command.ClientContext, [], leg.HearsTones ? [] : [new TonesSubscribed(leg.Id)]));
}
