using CsCheck;
using Hookswitch.Calling.Tests;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>A state that was kept is the state that its events make.</summary>
public sealed class SnapshotLaws
{
    private const int Histories = 500;

    [Fact]
    public void A_peer_to_peer_call_is_kept_as_it_is() => History.Any.Sample(history => Keeps(history.MomentsToTheEnd()), iter: Histories);

    [Fact]
    public void A_conversation_of_many_is_kept_as_it_is() => GroupHistory.Any.Sample(history => Keeps(history.MomentsToTheEnd()), iter: Histories);

    private static void Keeps(IEnumerable<Moment> moments) => Assert.All(moments, moment =>
        Assert.Equal(Printed.Of(moment.After), Printed.Of(CallingJson.ReadState(CallingJson.WriteState(moment.After)))));
}
