using Hookswitch.Calling;
using Hookswitch.Phones;

namespace Hookswitch.Tests.Reasons;

/// <summary>Which reasons can be shown, and how.</summary>
public sealed class ShowingTests
{
    /// <summary>App-hosted media are not offered yet, and a bot transfers its call itself.</summary>
    private static readonly EndReason[] NotShown = [EndReasons.BotMediaUnreachable, EndReasons.Transferred];

    [Fact]
    public void Every_documented_reason_can_be_shown_but_for_transfers_and_what_is_not_offered_yet() => Assert.Equal(
        NotShown,
        EndReasons.All.Where(reason => reason.Documented && Showing.Of(reason) is null).OrderBy(reason => reason.Subcode));

    [Fact]
    public void No_two_reasons_are_shown_by_the_same_call()
    {
        var calls = EndReasons.All.SelectMany(reason => Showing.All(reason)).Select(showing => showing.HowTo).ToArray();

        Assert.Equal(calls, calls.Distinct());
    }
}
