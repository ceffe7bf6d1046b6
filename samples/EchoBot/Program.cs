// A calling bot that hosts its own sound: it answers each call, sends back what it hears, and hangs up when someone presses #.
// Two addresses and a port are all that it needs: EchoBot http://127.0.0.1:5080 http://127.0.0.1:9000
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

const string Application = "d0000000-0000-4000-8000-000000000002";
const string Tenant = "d0000000-0000-4000-8000-000000000001";

var (graph, own) = (args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5080", args.ElementAtOrDefault(1) ?? "http://127.0.0.1:9000");
using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(graph) };

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls(own);
await using var bot = builder.Build();
bot.UseWebSockets();
bot.MapPost("/callback", Receive);
bot.Map("/media", Exchange);
await bot.StartAsync();
Console.WriteLine($"The bot listens on {bot.Urls.First()}");
await bot.WaitForShutdownAsync();

async Task Receive(HttpRequest request)
{
    var notification = (await JsonNode.ParseAsync(request.Body))!["value"]![0]!;
    var (change, call) = ((string?)notification["changeType"], notification["resourceData"] as JsonObject);
    if ((change, (string?)call?["state"]) == ("created", "incoming"))
    {
        await Answer(((string)notification["resourceUrl"]!).Split('/')[^1]);
    }
    else if ((string?)call?["state"] == "terminated")
    {
        Console.WriteLine($"The call ended: {call["resultInfo"]?["code"]}/{call["resultInfo"]?["subcode"]}");
    }
}

Task Answer(string call) => Ask(HttpMethod.Post, $"{call}/answer", new JsonObject
{
    ["acceptedModalities"] = new JsonArray("audio"),
    ["mediaConfig"] = new JsonObject
    {
        ["@odata.type"] = "#microsoft.graph.appHostedMediaConfig",
        ["blob"] = JsonSerializer.Serialize(new { webSocketUrl = $"ws{bot.Urls.First()["http".Length..]}/media" }),
    },
});

// Who connects here shows the token that notifications carry: the HardCodedBot beside this one checks it.
async Task Exchange(HttpContext context)
{
    using var media = await context.WebSockets.AcceptWebSocketAsync();
    var (buffer, call) = (new byte[4096], "");
    while (await media.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
    {
        if (received.MessageType == WebSocketMessageType.Binary)
        {
            await media.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Binary, received.EndOfMessage, context.RequestAborted);
            continue;
        }

        var message = JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
        switch ((string?)message["type"])
        {
            case "start":
                call = (string)message["callId"]!;
                await media.SendAsync(Encoding.UTF8.GetBytes("""{"type":"ready"}"""), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                break;
            case "tone" when (string?)message["tone"] == "pound":
                await Ask(HttpMethod.Delete, call, body: null);
                break;
        }
    }

    await media.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
}

async Task Ask(HttpMethod method, string path, JsonObject? body)
{
    using var request = new HttpRequestMessage(method, $"/v1.0/communications/calls/{path}") { Content = body is null ? null : JsonContent.Create(body) };
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetToken());
    using var response = await http.SendAsync(request);
    Console.WriteLine($"{method} {(body is null ? "call" : "answer")}: {(int)response.StatusCode}");
}

async Task<string> GetToken()
{
    using var form = new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Application,
        ["client_secret"] = "development-secret",
        ["scope"] = "https://graph.microsoft.com/.default",
    });
    using var response = await http.PostAsync($"/{Tenant}/oauth2/v2.0/token", form);
    return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
}
