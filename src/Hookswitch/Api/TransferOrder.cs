using Hookswitch.Calling;

namespace Hookswitch.Api;

/// <summary>To whom a bot leaves its call, checked. Graph, call: transfer.</summary>
/// <param name="Transferee">Of a group call: who is to go. Null: it does not say.</param>
internal sealed record TransferOrder(InvitedParty Target, Transferee? Transferee)
{
    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<TransferOrder> From(Graph.TransferRequest body) =>
        InvitedParties.Problem(body.TransferTarget, "transferTarget") is { } problem
            ? problem
            : new TransferOrder(InvitedParties.From(body.TransferTarget!), Named(body.Transferee));

    // What is no id is nobody's.
    private static Transferee? Named(Graph.ParticipantInfo? transferee) => transferee switch
    {
        { ParticipantId: { } participant } => new Transferee(ParticipantsApi.IdOf(participant), Identity: null),
        { Identity: { } identity } => new Transferee(Participant: null, InvitedParties.Targeted(identity)),
        _ => null,
    };
}
