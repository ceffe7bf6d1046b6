using Hookswitch.Api;
using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Notifications;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hookswitch.Tests.Notifications;

/// <summary>What a bot's own request causes is told once the response to it was written.</summary>
public sealed class ResponseHoldTests
{
    private static readonly CallId Call = CallId.From(Guid.NewGuid());
    private static readonly AppId Owner = new("owner");

    [Fact]
    public async Task Nothing_of_the_call_leaves_before_the_response_was_written()
    {
        var (hold, response) = (new ResponseHold(), new Response());

        hold.Until(response.Context.Response, Call, Owner);
        var released = hold.Released(Call, Owner);
        var before = released.IsCompleted;
        await response.Complete();
        await released;

        Assert.False(before);
        Assert.True(hold.Released(Call, Owner).IsCompleted);
    }

    [Fact]
    public void What_concerns_another_call_is_not_held()
    {
        var hold = new ResponseHold();

        hold.Until(new Response().Context.Response, Call, Owner);

        Assert.True(hold.Released(CallId.From(Guid.NewGuid()), Owner).IsCompleted);
    }

    [Fact]
    public void A_request_of_another_application_does_not_hold_the_owners_notifications()
    {
        var hold = new ResponseHold();

        hold.Until(new Response().Context.Response, Call, new AppId("another"));

        Assert.True(hold.Released(Call, Owner).IsCompleted);
    }

    [Fact]
    public async Task A_response_that_is_never_written_holds_nothing_for_ever()
    {
        var hold = new ResponseHold();

        hold.Until(new Response().Context.Response, Call, Owner);

        await hold.Released(Call, Owner).WaitAsync(Harness.TestServer.Patience);
    }

    [Fact]
    public async Task What_a_request_in_a_batch_causes_leaves_only_after_the_response_of_the_batch()
    {
        var (hold, batch) = (new ResponseHold(), new Response());
        var request = new BatchRequest { Id = "1", Method = "DELETE", Url = "/communications/calls/x" };

        await BatchedRequest.Run(batch.Context, request, context =>
        {
            hold.Until(context.Response, Call, Owner);
            return Task.CompletedTask;
        });
        var released = hold.Released(Call, Owner);
        var before = released.IsCompleted;
        await batch.Complete();
        await released;

        Assert.False(before);
        Assert.True(hold.Released(Call, Owner).IsCompleted);
    }

    private sealed class Response : HttpResponseFeature
    {
        private readonly List<Func<Task>> _completed = [];

        public Response()
        {
            Context = new DefaultHttpContext();
            Context.Features.Set<IHttpResponseFeature>(this);
        }

        public DefaultHttpContext Context { get; }

        public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Add(() => callback(state));

        public Task Complete() => Task.WhenAll(_completed.Select(one => one()));
    }
}
