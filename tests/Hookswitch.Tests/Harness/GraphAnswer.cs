using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Harness;

/// <summary>What the API answered, as a client without an SDK sees it.</summary>
internal sealed record GraphAnswer(int Status, HttpResponseHeaders Headers, string Text)
{
    public JsonObject Body => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The code of the error; null: it is none.</summary>
    public string? Code => (string?)Error?["code"];

    public string Message => (string)Error!["message"]!;

    /// <summary>Status and code, as <c>end-reasons.md</c> lists errors.</summary>
    public string Outcome => Code is { } code ? $"{Status} {code}" : $"{Status}";

    private JsonNode? Error => Text.StartsWith('{') ? Body["error"] : null;
}

/// <summary>Plain requests.</summary>
internal static class Asking
{
    public static Task<GraphAnswer> Ask(this HttpClient http, string method, string path, string? body = null, string? token = null) =>
        http.Ask(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), token);

    public static async Task<GraphAnswer> Ask(this HttpClient http, string method, string path, HttpContent? content, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request);
        return new GraphAnswer((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }
}
