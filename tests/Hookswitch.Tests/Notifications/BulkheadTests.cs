using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>Who comes in when places are few.</summary>
public sealed class BulkheadTests
{
    private static readonly AppId Contoso = new("contoso");
    private static readonly AppId Fabrikam = new("fabrikam");

    [Fact]
    public async Task So_many_are_inside_and_the_next_comes_when_one_leaves()
    {
        var bulkhead = new Bulkhead(2);
        await Enter(bulkhead, Contoso);
        await Enter(bulkhead, Contoso);

        var third = Enter(bulkhead, Contoso);
        Assert.False(third.IsCompleted);
        bulkhead.Leave();

        await third;
    }

    [Fact]
    public async Task Applications_take_turns_however_much_one_has_to_tell()
    {
        var (bulkhead, order) = (new Bulkhead(1), new List<string>());
        await Enter(bulkhead, Contoso);
        var waiting = new[] { Contoso, Contoso, Contoso, Fabrikam, Fabrikam }.Select(async (application, i) =>
        {
            await Enter(bulkhead, application);
            order.Add($"{application.Value}{i}");
            bulkhead.Leave();
        }).ToArray();

        bulkhead.Leave();
        await Task.WhenAll(waiting);

        Assert.Equal(["contoso0", "fabrikam3", "contoso1", "fabrikam4", "contoso2"], order);
    }

    [Fact]
    public async Task Whoever_gave_up_waiting_takes_no_place()
    {
        var bulkhead = new Bulkhead(1);
        using var impatient = new CancellationTokenSource();
        await Enter(bulkhead, Contoso);
        var gone = bulkhead.Enter(Contoso, impatient.Token);
        var next = Enter(bulkhead, Fabrikam);

        await impatient.CancelAsync();
        bulkhead.Leave();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await next;
        bulkhead.Leave();
        await Enter(bulkhead, Contoso);
    }

    private static Task Enter(Bulkhead bulkhead, AppId application) => bulkhead.Enter(application, TestContext.Current.CancellationToken);
}
