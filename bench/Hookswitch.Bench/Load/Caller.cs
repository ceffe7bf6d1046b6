using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Hookswitch.Bench.Load;

/// <summary>Goes through cycles on one connection: one bot calls another one, is answered, and hangs up.</summary>
/// <param name="token">Of the bot that calls.</param>
internal sealed class Caller(HttpMessageInvoker http, MeasuredSystem system, Receiver receiver, Slot slot, string token)
{
    /// <summary>For hangs only: nothing takes as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] AnswerBody =
        """{"acceptedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}"""u8.ToArray();

    private readonly Uri _calls = new(system.Address, "/v1.0/communications/calls");
    private readonly string _slot = slot.Number.ToString(CultureInfo.InvariantCulture);
    private readonly byte[] _createBody = Encoding.UTF8.GetBytes(
        $$$"""
        {"callbackUri":"{{{receiver.Callback(Side.Caller, slot.Number)}}}","requestedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
         "targets":[{"identity":{"application":{"id":"{{{Applications.Callee(slot.Number)}}}"} } }]}
        """);

    /// <summary>Whether a refusal for want of time (429, 503) is part of what is measured. Otherwise it is a failure.</summary>
    public bool TakesRefusals { get; init; }

    /// <summary>Cycles that came to their end.</summary>
    public int Cycles { get; private set; }

    /// <summary>Cycles that did not begin, as their call was refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Requests about calls that live which were refused, and made once more when it was time.</summary>
    public int Repeated { get; private set; }

    /// <summary>When the last one did: a time stamp of <see cref="Stopwatch"/>.</summary>
    public long EndedAt { get; private set; }

    /// <summary>How long each DELETE took, in ticks of <see cref="Stopwatch"/>.</summary>
    public List<long> Deletes { get; } = [];

    /// <summary>How long after each 204 the first webhook came that tells of it, in the same ticks; 0: it came before.</summary>
    public List<long> Webhooks { get; } = [];

    /// <summary>Begins cycles until that time stamp, and ends the last of them.</summary>
    /// <param name="pace">From the beginning of one to that of the next, in ticks of <see cref="Stopwatch"/>; null: one after the other.</param>
    /// <exception cref="BenchFailureException">Something was not as it must be.</exception>
    public async Task Run(long until, long? pace, CancellationToken cancellation)
    {
        // At a pace, those of all slots are spread evenly.
        var next = Stopwatch.GetTimestamp() + (pace * slot.Number / receiver.Slots.Count ?? 0);
        for (; Stopwatch.GetTimestamp() < until; next += pace ?? 0)
        {
            if (pace is not null && Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, TimeProvider.System, cancellation);
            }

            await Cycle(cancellation);
        }
    }

    /// <summary>Goes through one cycle, or is refused its call.</summary>
    /// <exception cref="BenchFailureException">Something was not as it must be.</exception>
    public async Task Cycle(CancellationToken cancellation)
    {
        slot.Begin();
        var created = await Send(HttpMethod.Post, _calls, token, _createBody, cancellation);
        if (created.RetryAfter is not null)
        {
            Refused++;
            return;
        }

        var call = new Uri(system.Address, created.Location);
        var incoming = await Wait(slot.Created, "the incoming call", cancellation);
        await Insist(HttpMethod.Post, new Uri($"{_calls}/{incoming}/answer"), system.CalleeToken(slot.Number), AnswerBody, cancellation);
        await Wait(Then(slot.Established), "that the caller is connected", cancellation);
        var begun = await Insist(HttpMethod.Delete, call, token, body: null, cancellation);
        var answered = Stopwatch.GetTimestamp();
        Deletes.Add(answered - begun);
        Webhooks.Add(Math.Max(0, await Wait(slot.Terminating, "that the call is being ended", cancellation) - answered));
        await Wait(Then(slot.Over), "the end of the call", cancellation);
        Cycles++;
        EndedAt = Stopwatch.GetTimestamp();

        static async Task<bool> Then(Task task)
        {
            await task;
            return true;
        }
    }

    private async Task<T> Wait<T>(Task<T> told, string what, CancellationToken cancellation)
    {
        try
        {
            return await told.WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            throw new BenchFailureException($"{system.Name} did not tell {what} within {Patience.TotalSeconds} s: {slot.Progress}.");
        }
    }

    // As bots do: a live call is not given up because the server asks for patience.
    /// <returns>When the request was sent that was answered at last: a time stamp of <see cref="Stopwatch"/>.</returns>
    private async Task<long> Insist(HttpMethod method, Uri address, string bearer, byte[]? body, CancellationToken cancellation)
    {
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            if ((await Send(method, address, bearer, body, cancellation)).RetryAfter is not { } wait)
            {
                return sent;
            }

            Repeated++;
            await Task.Delay(wait, TimeProvider.System, cancellation);
        }
    }

    private async Task<Answered> Send(HttpMethod method, Uri address, string bearer, byte[]? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", bearer);
        request.Headers.TryAddWithoutValidation("client-request-id", _slot);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        try
        {
            using var response = await http.SendAsync(request, cancellation).WaitAsync(Patience, cancellation);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response switch
            {
                { StatusCode: HttpStatusCode.Created } => new Answered(response.Headers.Location!.OriginalString, RetryAfter: null),
                { IsSuccessStatusCode: true } => new Answered("", RetryAfter: null),
                { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } wait } when TakesRefusals =>
                    new Answered("", wait),
                _ => throw Failure($"{(int)response.StatusCode} {Encoding.UTF8.GetString(answer)}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw Failure(e.InnerException?.Message ?? e.Message);
        }

        BenchFailureException Failure(string what) => new($"{system.Name}, {method} {address.AbsolutePath}: {what}");
    }

    /// <param name="Location">Of what was created; empty where nothing was.</param>
    /// <param name="RetryAfter">It was refused, and is to be tried again so much later; null: it was not.</param>
    private readonly record struct Answered(string Location, TimeSpan? RetryAfter);
}
