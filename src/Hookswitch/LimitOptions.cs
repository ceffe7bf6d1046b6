namespace Hookswitch;

/// <summary>How much an application may ask for in ten seconds. 0: as much as it likes.</summary>
internal sealed record LimitOptions
{
    /// <summary>Those of production. Graph, throttling limits: 130,000 requests in ten seconds; of calls in that time it says nothing.</summary>
    public static readonly LimitOptions Production = new() { Requests = 130_000, Calls = 100 };

    public int Requests { get; init; }

    /// <summary>Calls that it creates; they count among its requests too.</summary>
    public int Calls { get; init; }
}
