using Hookswitch.Calling;
using Hookswitch.Phones;

namespace Hookswitch.Tests.Reasons;

/// <summary>Which reasons can be shown, and how.</summary>
public sealed class ShowingTests
{
    [Fact]
    public void Every_documented_reason_can_be_shown() =>
        Assert.DoesNotContain(EndReasons.All, reason => reason.Documented && Showing.Of(reason) is null);

    [Fact]
    public void No_two_reasons_are_shown_by_the_same_call()
    {
        var calls = EndReasons.All.SelectMany(reason => Showing.All(reason)).Select(showing => showing.HowTo).ToArray();

        Assert.Equal(calls, calls.Distinct());
    }
}
