using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>The cursors that wait for the next commit.</summary>
public sealed class UnsavedCursorsTests
{
    [Fact]
    public async Task Cursors_can_be_kept_while_the_writer_takes_all()
    {
        const int count = 200_000;
        var cursors = new UnsavedCursors();
        var keeping = Task.Run(() =>
        {
            for (var leg = 0; leg < count; leg++)
            {
                cursors.Keep(new DeliveryCursor(new CallId(new ConversationId(1), new LegId(leg)), Head: 1, Settled: 1));
            }
        });

        var taken = 0;
        while (taken < count)
        {
            var all = cursors.All();
            cursors.Forget(all);
            taken += all.Count;
        }

        await keeping;
        Assert.True(cursors.IsEmpty);
    }
}
