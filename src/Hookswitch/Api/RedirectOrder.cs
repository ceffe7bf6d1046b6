using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>To whom a bot passes an incoming call on, checked. Graph, call: redirect.</summary>
/// <param name="Callback">Null: the address of the incoming call stays.</param>
internal sealed record RedirectOrder(string? Callback, ImmutableArray<InvitedParty> Targets, TimeSpan Ring)
{
    /// <summary>Graph, call: redirect.</summary>
    private const int MostTargets = 25;

    // Graph, call: redirect. In seconds.
    private const int LeastTimeout = 15;
    private const int MostTimeout = 90;
    private const int TimeoutOfOne = 55;
    private const int TimeoutOfSeveral = 60;

    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<RedirectOrder> From(Graph.RedirectRequest body, AddressGuard guard) =>
        Problem(body, guard) is { } problem
            ? problem
            : new RedirectOrder(
                body.CallbackUri, InvitedParties.From(body.Targets!),
                TimeSpan.FromSeconds(body.Timeout ?? (body.Targets!.Count == 1 ? TimeoutOfOne : TimeoutOfSeveral)));

    private static GraphError? Problem(Graph.RedirectRequest body, AddressGuard guard) =>
        InvitedParties.Problem(body.Targets, "targets", MostTargets)
        ?? InvitedParties.ReplacementProblem(body.Targets!, "targets", "only a call that was answered can take the place of another")
        ?? (body.Timeout is < LeastTimeout or > MostTimeout
            ? GraphError.InvalidArgument("timeout", string.Create(CultureInfo.InvariantCulture, $"must be from {LeastTimeout} to {MostTimeout} seconds"))
            : null)
        ?? CallOrder.CallbackProblem(body.CallbackUri, guard, required: false);
}
