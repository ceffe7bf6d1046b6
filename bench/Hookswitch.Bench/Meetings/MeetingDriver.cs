using System.Globalization;
using System.Text.Json.Nodes;
using Hookswitch.Bench.Load;

namespace Hookswitch.Bench.Meetings;

/// <summary>Fills meetings of a server with bots and people, over its API.</summary>
internal sealed class MeetingDriver(HttpClient http, Tally tally)
{
    private const string Organizer = "0e0e0e0e-0000-4000-8000-000000000001";

    /// <summary>The tenant of everyone whom nobody registered.</summary>
    private const string Tenant = "d0000000-0000-4000-8000-000000000001";

    public static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"abab0000-0000-4000-8000-{number:d12}");

    /// <summary>Gets the token with which bots join.</summary>
    public static async Task<MeetingDriver> Start(Uri server, Tally tally, CancellationToken cancellation)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        var http = new HttpClient(handler) { BaseAddress = server };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", await Applications.Authorize(invoker, server, Applications.Caller, cancellation));
        return new MeetingDriver(http, tally);
    }

    /// <returns>The id of the meeting.</returns>
    public async Task<string> Create(string name, CancellationToken cancellation)
    {
        using var response = await http.PutAsJsonAsync(
            $"/control/meetings/{name}", new { threadId = Thread(name), organizer = Organizer, tenantId = Tenant }, cancellation);
        return await Good(response, cancellation) is not null ? name : "";
    }

    /// <returns>The id of the call.</returns>
    public async Task<string> JoinBot(string meeting, int bot, CancellationToken cancellation)
    {
        using var response = await http.PostAsync("/v1.0/communications/calls", new StringContent(
            $$$"""
            {"callbackUri":"{{{tally.Callback(bot)}}}","requestedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
             "chatInfo":{"threadId":"{{{Thread(meeting)}}}","messageId":"0"},
             "meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"{{{Organizer}}}"} } } }
            """, System.Text.Encoding.UTF8, "application/json"), cancellation);
        return (string)(await Good(response, cancellation))!["id"]!;
    }

    public async Task JoinPerson(string meeting, int person, CancellationToken cancellation)
    {
        using var response = await http.PostAsJsonAsync($"/control/phones/{Person(person)}/join", new { meeting }, cancellation);
        await Good(response, cancellation);
    }

    public async Task LeavePerson(int person, CancellationToken cancellation)
    {
        using var response = await http.PostAsync($"/control/phones/{Person(person)}/hangUp", content: null, cancellation);
        await Good(response, cancellation);
    }

    public async Task<JsonNode?> Read(string path, CancellationToken cancellation)
    {
        using var response = await http.GetAsync(path, cancellation);
        return await Good(response, cancellation);
    }

    private static string Thread(string meeting) => $"19:meeting_{meeting}@thread.v2";

    private static async Task<JsonNode?> Good(HttpResponseMessage response, CancellationToken cancellation)
    {
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? answer.Length == 0 ? null : JsonNode.Parse(answer)
            : throw new BenchFailureException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}: {(int)response.StatusCode} {answer}");
    }
}
