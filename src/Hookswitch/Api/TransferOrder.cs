namespace Hookswitch.Api;

/// <summary>To whom a bot leaves its call, checked. Graph, call: transfer.</summary>
/// <param name="NamesTransferee">It says who of several is to go.</param>
internal sealed record TransferOrder(InvitedParty Target, bool NamesTransferee)
{
    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<TransferOrder> From(Graph.TransferRequest body) =>
        InvitedParties.Problem(body.TransferTarget, "transferTarget") is { } problem
            ? problem
            : new TransferOrder(InvitedParties.From(body.TransferTarget!), body.Transferee is { ParticipantId: not null } or { Identity: not null });
}
