using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hookswitch.Bench.Load;

/// <summary>The bots that call each other: one that calls, and one for each connection that is called.</summary>
internal static class Applications
{
    /// <summary>Of a token that an application gets, within a few bytes.</summary>
    public const int TokenLength = 1065;

    public const string Caller = "b0000000-0000-4000-8000-000000000000";

    public static string Callee(int slot) => string.Create(CultureInfo.InvariantCulture, $"c0000000-0000-4000-8000-{slot:d12}");

    /// <summary>The directory file that registers them.</summary>
    public static byte[] Directory(Receiver receiver) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        applications = receiver.Slots
            .Select(slot => new { id = Callee(slot.Number), callbackUri = (string?)receiver.Callback(Side.Callee, slot.Number) })
            .Prepend(new { id = Caller, callbackUri = (string?)null }),
    });

    /// <summary>The Authorization header of an application, with a token as its bot would get it.</summary>
    public static async Task<string> Authorize(HttpMessageInvoker http, Uri server, string application, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/common/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = application,
                ["client_secret"] = "any",
                ["scope"] = "https://graph.microsoft.com/.default",
            }),
        };
        using var response = await http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        return response.IsSuccessStatusCode
            ? $"Bearer {(string?)JsonNode.Parse(answer)!["access_token"]}"
            : throw new BenchFailureException($"The token endpoint answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
    }
}
