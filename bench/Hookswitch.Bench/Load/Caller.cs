using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Hookswitch.Bench.Load;

/// <summary>Goes through cycles on one connection: one bot calls another one, is answered, and hangs up.</summary>
internal sealed class Caller(HttpMessageInvoker http, MeasuredSystem system, Receiver receiver, Slot slot)
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

    /// <summary>Cycles that came to their end.</summary>
    public int Cycles { get; private set; }

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
            Cycles++;
            EndedAt = Stopwatch.GetTimestamp();
        }
    }

    private async Task Cycle(CancellationToken cancellation)
    {
        slot.Begin();
        var call = new Uri(system.Address, await Send(HttpMethod.Post, _calls, system.CallerToken, _createBody, cancellation));
        var incoming = await Wait(slot.Created, "the incoming call", cancellation);
        await Send(HttpMethod.Post, new Uri($"{_calls}/{incoming}/answer"), system.CalleeToken(slot.Number), AnswerBody, cancellation);
        await Wait(Then(slot.Established), "that the caller is connected", cancellation);
        var begun = Stopwatch.GetTimestamp();
        await Send(HttpMethod.Delete, call, system.CallerToken, body: null, cancellation);
        var answered = Stopwatch.GetTimestamp();
        Deletes.Add(answered - begun);
        Webhooks.Add(Math.Max(0, await Wait(slot.Terminating, "that the call is being ended", cancellation) - answered));
        await Wait(Then(slot.Over), "the end of the call", cancellation);

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

    /// <returns>The address of what was created; empty where nothing was.</returns>
    private async Task<string> Send(HttpMethod method, Uri address, string token, byte[]? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", token);
        request.Headers.TryAddWithoutValidation("client-request-id", _slot);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        try
        {
            using var response = await http.SendAsync(request, cancellation).WaitAsync(Patience, cancellation);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? response.StatusCode == HttpStatusCode.Created ? response.Headers.Location!.OriginalString : ""
                : throw Failure($"{(int)response.StatusCode} {Encoding.UTF8.GetString(answer)}");
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw Failure(e.InnerException?.Message ?? e.Message);
        }

        BenchFailureException Failure(string what) => new($"{system.Name}, {method} {address.AbsolutePath}: {what}");
    }
}
