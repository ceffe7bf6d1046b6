using Hookswitch.Calling;
using Hookswitch.Journal;
using Hookswitch.Resources;
using Hookswitch.Storage;

namespace Hookswitch.Control;

/// <summary>Shows calls, live and ended.</summary>
internal static class CallControl
{
    /// <summary>The newest conversations of which a list shows the calls.</summary>
    private const int MaxListed = 100;

    public static void MapCallControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/calls", List);
        control.MapGet("/calls/{id}", Show);
    }

    private static async Task<IReadOnlyList<CallView>> List(IEventStore store, CancellationToken cancellation)
    {
        var calls = new List<CallView>();
        foreach (var id in await store.Newest(MaxListed, cancellation))
        {
            if (await TryLoad(store, id, cancellation) is not var (conversation, events))
            {
                continue;
            }

            calls.AddRange(conversation.Legs.Where(leg => leg.Bot is not null).Select(leg => View(id, conversation, leg, events)));
        }

        return calls;
    }

    private static async Task<IResult> Show(string id, IEventStore store, CallJournal journal, CancellationToken cancellation)
    {
        if (!CallId.TryParse(id, out var call))
        {
            return Unknown(id);
        }

        var (conversation, events) = await Load(store, call.Conversation, cancellation);
        return conversation.Find(call.Leg) is { Bot: not null } leg
            ? TypedResults.Ok(View(call.Conversation, conversation, leg, events) with
            {
                Requests = journal.Requests(call),
                Events = [.. events.Select(View)],
                Deliveries = journal.Attempts(call),
                Quality = journal.Qualities(call),
            })
            : Unknown(id);
    }

    private static async Task<(Conversation Conversation, IReadOnlyList<StoredEvent> Events)> Load(
        IEventStore store, ConversationId id, CancellationToken cancellation)
    {
        var events = await store.Read(id, cancellation);
        return (Conversation.Evolve(Conversation.None, events.Select(stored => stored.Event)), events);
    }

    // One that cannot be read does not hide the others.
    private static async Task<(Conversation, IReadOnlyList<StoredEvent>)?> TryLoad(IEventStore store, ConversationId id, CancellationToken cancellation)
    {
        try
        {
            return await Load(store, id, cancellation);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static CallView View(ConversationId id, Conversation conversation, Leg leg, IReadOnlyList<StoredEvent> events)
    {
        var ended = events.FirstOrDefault(one => one.Event is LegTerminated terminated && terminated.Leg == leg.Id);
        var resource = CallResource.Of(id, conversation, leg);
        return new CallView(
            resource.Id!, leg.Bot!.Application.Value, leg.Bot.Tenant, resource.Direction, resource.State, PartyView.Of(conversation.Caller.Identity),
            [.. conversation.Targets.Select(PartyView.Of)], leg.Bot.Callback, events[0].At, ended?.At,
            leg.EndReason is { } reason ? ReasonView.Of(reason) : null);
    }

    private static EventView View(StoredEvent stored) =>
        new(stored.Sequence, stored.At, CallingJson.NameOf(stored.Event), CallingJson.Show(stored.Event));

    private static IResult Unknown(string id) => ControlProblem.Of(404, $"No call '{id}' is known.");
}
