using System.Globalization;

namespace Hookswitch.Calling;

/// <summary>Why a leg ended. Graph, resultInfo.</summary>
/// <param name="Code">The class of the end, like an HTTP status.</param>
/// <param name="Subcode">The reason itself.</param>
/// <param name="Message">As documented, byte for byte.</param>
/// <param name="Cause">What happened, in a sentence.</param>
/// <param name="Advice">What a bot developer can do about it; null where there is nothing to do.</param>
public sealed record EndReason(int Code, int Subcode, string Message, string Cause, string? Advice = null)
{
    /// <summary>Where the row stands: in Graph's published table, or known from sibling services only.</summary>
    public bool Documented { get; init; }

    /// <summary>False: the leg ends without a reason on the wire (a call that the bot rejected or redirected).</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>
    /// The message as public captures have it: <c>&lt;phrase&gt;. DiagCode: &lt;internal&gt;#&lt;subcode&gt;.@</c>.
    /// <c>wire.md</c> 1.5; the phrases of 404, 480 and 487 are our guess.
    /// </summary>
    public string ObservedMessage
    {
        get
        {
            var phrase = (Code, Subcode) switch
            {
                (_, 5010) => "This conversation has ended as only one participant was remaining in the conversation.",
                (200, _) => "The conversation has ended",
                (400, _) => "Bad Request",
                (403, _) => "Forbidden",
                (404, _) => "Not Found",
                (408, _) => "Request Timeout",
                (410, _) => "Client Media Error",
                (480, _) => "Temporarily Unavailable",
                (487, _) => "Request Terminated",
                (500, _) => "Server Internal Error",
                _ => Message.TrimEnd('.'),
            };
            return string.Create(CultureInfo.InvariantCulture, $"{phrase}. DiagCode: {(Code == 200 ? 0 : Code)}#{Subcode}.@");
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}/{Subcode}");
}
