namespace Hookswitch.Calling.Rules;

/// <summary>How a bot comes to hear which keys are pressed. Graph, call: subscribeToTone.</summary>
internal static class Tones
{
    // The order of the lines is their precedence. Who hosts its own media hears tones there.
    public static Decision Decide(Conversation conversation, SubscribeToTones command) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            { IsInside: false } => Refusal.CallNotEstablished,
            { Bot.Media: AppHostedMedia } => Refusal.MediaIsAppHosted,
            { } leg => Member.Done(
                command.Operation, leg, OperationKind.SubscribeToTone, command.ClientContext, [], leg.HearsTones ? [] : [new TonesSubscribed(leg.Id)]),
        };
}
