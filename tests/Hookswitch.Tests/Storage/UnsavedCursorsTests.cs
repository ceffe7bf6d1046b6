using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>The cursors that wait for the next commit.</summary>
public sealed class UnsavedCursorsTests
{
    [Fact]
    public void A_cursor_that_comes_after_the_writer_took_all_is_told_anew()
    {
        var (cursors, one, other) = (new UnsavedCursors(), Cursor(1), Cursor(2));
        Assert.True(cursors.Keep(one));
        Assert.False(cursors.Keep(one));
        var taken = cursors.All();
        Assert.True(cursors.Keep(other));
        cursors.Forget(taken);
        Assert.Equal(other, Assert.Single(cursors.All()).Value);
    }

    [Fact]
    public async Task Cursors_can_be_kept_while_the_writer_takes_all()
    {
        const int count = 200_000;
        var cursors = new UnsavedCursors();
        var keeping = Task.Run(() =>
        {
            for (var leg = 0; leg < count; leg++)
            {
                cursors.Keep(Cursor(leg));
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

    private static DeliveryCursor Cursor(long leg) => new(new CallId(new ConversationId(1), new LegId(leg)), Head: 1, Settled: 1);
}
