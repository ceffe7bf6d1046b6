// A calling bot that knows Microsoft's own addresses alone, and has no setting. It calls a user, hangs up once the call is established, and
// says why the call ended. `hookswitch run -- dotnet run --project samples/HardCodedBot` runs it without a tenant.
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

const string Application = "d0000000-0000-4000-8000-000000000002";
const string Login = "https://login.microsoftonline.com/d0000000-0000-4000-8000-000000000001/oauth2/v2.0/token";
const string Calls = "https://graph.microsoft.com/v1.0/communications/calls";
const string Keys = "https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration";

using var http = new HttpClient(new SocketsHttpHandler());
var keys = new ConfigurationManager<OpenIdConnectConfiguration>(Keys, new OpenIdConnectConfigurationRetriever());
var ended = new TaskCompletionSource<string>();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var bot = builder.Build();
bot.MapPost("/callback", Receive);
await bot.StartAsync();

http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await GetToken());
await Place($"{bot.Urls.First()}/callback");
Console.WriteLine($"The call ended: {await ended.Task.WaitAsync(TimeSpan.FromSeconds(30))}");

async Task<string> GetToken()
{
    using var form = new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Application,
        ["client_secret"] = "development-secret",
        ["scope"] = "https://graph.microsoft.com/.default",
    });
    using var response = await http.PostAsync(Login, form);
    return (string)(await Body(response))["access_token"]!;
}

async Task Place(string callback)
{
    using var response = await http.PostAsJsonAsync(Calls, new Dictionary<string, object>
    {
        ["@odata.type"] = "#microsoft.graph.call",
        ["callbackUri"] = callback,
        ["targets"] = new[] { new { identity = new { user = new { id = "00000000-1111-4000-8000-000000000001" } } } },
        ["requestedModalities"] = new List<string> { "audio" },
        ["mediaConfig"] = new Dictionary<string, string> { ["@odata.type"] = "#microsoft.graph.serviceHostedMediaConfig" },
    });
    Console.WriteLine($"The call is {(await Body(response))["state"]} at {response.Headers.Location!.Host}");
}

async Task<IResult> Receive(HttpRequest request)
{
    if (!await IsFromTheService(request))
    {
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    var notification = (await JsonNode.ParseAsync(request.Body))!["value"]![0]!;
    var call = notification["resourceData"]!;
    var (id, state) = (((string)notification["resourceUrl"]!).Split('/')[^1], (string?)call["state"]);
    Console.WriteLine($"The bot is told {notification["changeType"]} {state}");
    if (state == "established" && call["mediaState"] is not null)
    {
        using var response = await http.DeleteAsync($"{Calls}/{id}");
        Console.WriteLine($"The bot hangs up: {(int)response.StatusCode}");
    }
    else if (state == "terminated")
    {
        ended.TrySetResult($"{call["resultInfo"]?["code"]}/{call["resultInfo"]?["subcode"]}");
    }

    return Results.Accepted();
}

// As the documentation asks of bots: the signature against the published keys, the issuer, the audience, the lifetime.
async Task<bool> IsFromTheService(HttpRequest request)
{
    var configuration = await keys.GetConfigurationAsync(request.HttpContext.RequestAborted);
    var result = await new JsonWebTokenHandler().ValidateTokenAsync(
        request.Headers.Authorization.ToString()["Bearer ".Length..],
        new TokenValidationParameters
        {
            ValidIssuer = "https://api.botframework.com",
            ValidAudience = Application,
            IssuerSigningKeys = configuration.SigningKeys,
        });
    return result.IsValid;
}

static async Task<JsonNode> Body(HttpResponseMessage response)
{
    var text = await response.Content.ReadAsStringAsync();
    return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{(int)response.StatusCode} {text}");
}
