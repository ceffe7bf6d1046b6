using System.Text.Json.Serialization;
using Hookswitch.Conversations;
using Hookswitch.Journal;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Hookswitch.Storage;
using Hookswitch.Time;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>By how much the manual clock is to be moved.</summary>
internal sealed record AdvanceBody
{
    /// <summary>An ISO 8601 duration, such as PT45M.</summary>
    public string? By { get; init; }
}

/// <summary>The time that calls go by.</summary>
/// <param name="Manual">It stands still until it is moved.</param>
internal sealed record ClockView(DateTimeOffset Now, bool Manual);

/// <summary>Whether the server is well.</summary>
internal sealed record HealthView(string Status)
{
    /// <summary>What is wrong with the store; null: nothing is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Store { get; init; }
}

/// <summary>The clock, a fresh start, and whether the server is well.</summary>
internal static class ServerControl
{
    /// <summary>The clock is moved no further at once: a slip of the keyboard should not run for hours.</summary>
    private static readonly TimeSpan MaxAdvance = TimeSpan.FromDays(366);

    /// <summary>A store that takes longer than this to write nothing is not well.</summary>
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(2);

    public static void MapServerControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/clock", (CallClock clock) => new ClockView(clock.Now, clock is ManualClock));
        control.MapPost("/clock/advance", Advance);
        control.MapPost("/reset", Reset);
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alive", () => new HealthView("alive")); // never touches the store
        routes.MapGet("/health", Health);
    }

    private static Task<IResult> Advance(HttpRequest request, Timekeeper timekeeper, CallClock clock) =>
        ControlBody.Read<AdvanceBody>(request, async body =>
        {
            if (clock is not ManualClock)
            {
                return ControlProblem.Of(409, "The clock is the system's. Start with --clock manual to move it.");
            }

            var by = ControlBody.Duration(body.By, "by");
            return by < TimeSpan.Zero || by > MaxAdvance
                ? ControlProblem.Of(400, "'by' must be between PT0S and P366D: the clock only goes forward.")
                : TypedResults.Ok(new ClockView(await timekeeper.Advance(by), Manual: true));
        });

    // The store goes first: a conversation that is still in memory finds its stream gone, and forgets itself.
    private static async Task<IResult> Reset(
        IEventStore store, DeadlineScheduler scheduler, Delivery delivery, PhoneLines lines, MediaRooms media, CallJournal journal, CallCensus census,
        Directory directory, IGrainFactory grains)
    {
        await store.Clear();
        scheduler.Clear();
        delivery.Clear();
        lines.Clear();
        media.Clear();
        journal.Clear();
        census.Clear();
        directory.Reset();
        await grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Health(IEventStore store)
    {
        try
        {
            await store.Probe().WaitAsync(HealthTimeout);
            return TypedResults.Ok(new HealthView("healthy"));
        }
        catch (Exception e) when (e is StoreUnavailableException or TimeoutException)
        {
            return TypedResults.Json(new HealthView("unhealthy") { Store = e.Message }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
