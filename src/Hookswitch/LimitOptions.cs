namespace Hookswitch;

/// <summary>How much may be asked for. 0: as much as one likes.</summary>
internal sealed record LimitOptions
{
    /// <summary>Those of production. Graph, throttling limits: 130,000 requests in ten seconds; of calls in that time it says nothing.</summary>
    public static readonly LimitOptions Production = new() { Requests = 130_000, Calls = 100 };

    /// <summary>Those of one application in ten seconds.</summary>
    public int Requests { get; init; }

    /// <summary>Calls that it creates in that time; they count among its requests too.</summary>
    public int Calls { get; init; }

    /// <summary>Requests of all applications for new calls that wait for their turn.</summary>
    public int Waiting { get; init; } = 200;
}
