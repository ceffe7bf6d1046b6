using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>What a bot asks for when it answers a call, checked. Graph, call: answer.</summary>
/// <param name="Callback">Null: the address of the incoming call stays.</param>
internal sealed record AnswerOrder(string? Callback, MediaTerms Terms)
{
    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<AnswerOrder> From(Graph.AnswerRequest body, AddressGuard guard) =>
        (CallOrder.CallbackProblem(body.CallbackUri, guard, required: false) ?? MediaTerms.Problem(body.MediaConfig, guard)) is { } problem
            ? problem
            : new AnswerOrder(body.CallbackUri, MediaTerms.From(body.MediaConfig!, body.AcceptedModalities, body.CallOptions));
}
