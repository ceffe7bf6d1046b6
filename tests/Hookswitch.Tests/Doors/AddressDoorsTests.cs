using System.Globalization;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Identity;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Tests.Doors;

/// <summary>Whatever address is given at whatever door, nothing connects to where nothing may. What was connected to is said by the runtime.</summary>
public sealed class AddressDoorsTests(ITestOutputHelper output)
{
    private const string Application = "bbbbbbbb-0000-4000-8000-000000000007";

    [Fact]
    public async Task No_address_at_any_door_leads_to_where_nothing_may_connect()
    {
        var names = new HostileNames();
        using var connections = new Connections();
        await using var server = await TestServer.Start(options => options with { Resolve = names.Resolve });
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var doors = new Doors(server, bot, names, sounds);
        foreach (var (door, secure, through) in doors.All)
        {
            var (refused, taken, addresses) = (0, 0, HostileAddresses.Never(secure));
            foreach (var address in addresses)
            {
                _ = await through(address) ? taken++ : refused++;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{door}: {addresses.Count} addresses, {refused} refused at once, {taken} when they were to be connected to."));
            Assert.True(addresses.Count >= 120);
        }

        var forbidden = connections.All.Where(address => Array.Exists(HostileAddresses.Forbidden, network => network.Contains(address))).ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{connections.All.Count} connects, {forbidden.Length} of them forbidden. {names.Asked.Count} names were looked up."));
        Assert.Empty(forbidden);
        Assert.NotEmpty(connections.All); // who watches sees something
    }

    [Fact]
    public async Task No_private_address_is_connected_to_in_production()
    {
        var names = new HostileNames();
        var guard = new AddressGuard(Mode.Production, new NetworkPolicy()) { Resolve = names.Resolve };
        await using var here = await SoundServer.Start();
        using var connections = new Connections();
        using var http = new HttpMessageInvoker(guard.Handler());
        names.Lead("private.evil.example", [System.Net.IPAddress.Parse("10.0.0.1")]);
        names.Lead("localhost", [System.Net.IPAddress.Loopback]);
        var (refused, forbidden) = (0, 0);
        foreach (var address in HostileAddresses.Never("https").Concat(HostileAddresses.Private("https")).Append(here.Address("x")))
        {
            if (guard.Refuse(address) is not null)
            {
                refused++;
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None));
            Assert.True(thrown.GetBaseException() is ForbiddenAddressException, $"{address}: {thrown}");
            forbidden++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{refused} refused at once, {forbidden} when they were to be connected to."));
        Assert.Empty(here.Asked);
        Assert.DoesNotContain(connections.All, address => Array.Exists(HostileAddresses.Forbidden, network => network.Contains(address)));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_looked_up_once_for_each_connection()
    {
        var (names, here, there) = (new HostileNames(), System.Net.IPAddress.Loopback, System.Net.IPAddress.Parse("169.254.169.254"));
        var guard = new AddressGuard(Mode.Development, new NetworkPolicy()) { Resolve = names.Resolve };
        await using var sounds = await SoundServer.Start();
        var port = new Uri(sounds.Put("a", [1])).Port;
        using var connections = new Connections();

        names.Lead("rebind.example", [here], [there]);
        await using (await guard.Connect(new System.Net.DnsEndPoint("rebind.example", port), CancellationToken.None))
        {
            Assert.Equal(["rebind.example"], names.Asked);
        }

        await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await guard.Connect(new System.Net.DnsEndPoint("rebind.example", port), CancellationToken.None));
        names.Lead("both.example", [here, there], [there, here]);
        await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await guard.Connect(new System.Net.DnsEndPoint("both.example", port), CancellationToken.None));
        await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await guard.Connect(new System.Net.DnsEndPoint("both.example", port), CancellationToken.None));
        Assert.DoesNotContain(there, connections.All);
        Assert.Contains(here, connections.All);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_asked_for_nothing()
    {
        var names = new HostileNames();
        await using var proxy = await SoundServer.Start();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new System.Net.WebProxy(proxy.Address("")); // what the runtime makes of HTTP_PROXY, HTTPS_PROXY and ALL_PROXY
        try
        {
            await using var server = await TestServer.Start(options => options with { Resolve = names.Resolve });
            await using var sounds = await SoundServer.Start();
            await using var bot = await server.Bot();
            foreach (var (_, secure, through) in new Doors(server, bot, names, sounds).All)
            {
                await through($"{secure}://good.example/x");
            }
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.NotEmpty(names.Asked);
        Assert.Empty(proxy.Asked);
    }

    /// <summary>Every way in which an address of others gets into the server.</summary>
    private sealed class Doors(TestServer server, TestBot bot, HostileNames names, SoundServer sounds)
    {
        private const string Media = """{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}""";
        private string? _incoming;
        private string? _talking;

        /// <summary>The door, the scheme that fits it, and what goes through it: true when the address was taken.</summary>
        public IEnumerable<(string Name, string Secure, Func<string, Task<bool>> Through)> All =>
        [
            ("the callback of a new call", "https", Create),
            ("the callback of an answer", "https", address => OfIncoming("answer", $$"""{"callbackUri":{{Json(address)}},"acceptedModalities":["audio"],"mediaConfig":{{Media}}}""")),
            ("the callback of a rejection", "https", address => OfIncoming("reject", $$"""{"callbackUri":{{Json(address)}}}""")),
            ("the callback of a redirection", "https", address => OfIncoming("redirect", $$"""{"callbackUri":{{Json(address)}},"targets":[{{People.Ada.Target}}]}""")),
            ("the callback of a registration", "https", Register),
            ("where a callback redirects to", "https", CallbackRedirects),
            ("a prompt", "https", Play),
            ("where a prompt redirects to", "https", PromptRedirects),
            ("a prompt that is fetched beforehand", "https", Prefetch),
            ("a media socket", "wss", Socket),
            ("an authority", "https", Authority),
        ];

        private static string Json(string text) => JsonSerializer.Serialize(text);

        private async Task<bool> Create(string address)
        {
            var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", TestBot.CallBody("CALLBACK").Replace("\"CALLBACK\"", Json(address), StringComparison.Ordinal));
            return await Taken(answer, address, 201);
        }

        private async Task<bool> OfIncoming(string action, string body)
        {
            _incoming ??= (string)(await server.Http.Ask("POST", $"/control/phones/{People.Ben.Id}/dial", $$"""{"to":"{{bot.Application}}"}""")).Body["id"]!;
            var answer = await bot.Http.Ask("POST", $"{People.Path(_incoming)}/{action}", body);
            if (answer.Status == 202)
            {
                await server.Settle();
                await bot.Http.Ask("DELETE", People.Path(_incoming));
                _incoming = null;
            }

            return await Taken(answer, body, 202);
        }

        private async Task<bool> Register(string address)
        {
            var answer = await server.Http.Ask("PUT", $"/control/applications/{Application}", $$"""{"callbackUri":{{Json(address)}}}""");
            if (answer.Status == 400)
            {
                return false;
            }

            Assert.True(answer.Status == 200, $"{address}: {answer.Text}");
            await server.Http.Ask("POST", $"/control/phones/{People.Ben.Id}/dial", $$"""{"to":"{{Application}}"}""");
            return await Settled();
        }

        private async Task<bool> CallbackRedirects(string address)
        {
            if (!IsHeader(address))
            {
                return false;
            }

            bot.Answer = (_, _) => Task.FromResult<IResult>(new Redirection(address));
            await server.Http.Ask("POST", $"/control/phones/{People.Ben.Id}/dial", $$"""{"to":"{{bot.Application}}"}""");
            await server.Settle();
            bot.Answer = (_, _) => Task.FromResult(Results.Accepted());
            return await Settled();
        }

        private async Task<bool> Play(string address)
        {
            _talking ??= await bot.PlaceEstablished();
            var answer = await bot.Http.Ask(
                "POST", $"{People.Path(_talking)}/playPrompt", $$$"""{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":{{{Json(address)}}}}}]}""");
            if (answer.Status == 200)
            {
                var operation = (await bot.Until("deleted playPromptOperation")).Operation!;
                Assert.True((string?)operation["status"] == "failed", $"{address}: {operation}");
            }

            return await Taken(answer, address, 200);
        }

        private Task<bool> PromptRedirects(string address) => IsHeader(address)
            ? Play(sounds.Put("away", new Redirection(address).ExecuteAsync))
            : Task.FromResult(false);

        private async Task<bool> Prefetch(string address)
        {
            var resource = Guid.NewGuid().ToString();
            var media = $$"""{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig","preFetchMedia":[{"uri":{{Json(address)}},"resourceId":"{{resource}}"}]}""";
            var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody().Replace(Media, media, StringComparison.Ordinal));
            if (answer.Status == 201)
            {
                await server.Advance(TimeSpan.FromMilliseconds(300));
                var fetched = await server.Services.GetRequiredService<PromptStore>().Get(new(bot.Application), new MediaFile(address, resource)); // waits for what is under way
                Assert.True(fetched.Samples is null, address);
                await bot.Http.Ask("DELETE", People.Path((string)answer.Body["id"]!));
            }

            return await Taken(answer, address, 201);
        }

        private async Task<bool> Socket(string address)
        {
            var media = $$"""{"@odata.type":"#microsoft.graph.appHostedMediaConfig","blob":{{Json($$"""{"webSocketUrl":{{Json(address)}}}""")}}}""";
            var lookUp = names.Next();
            var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody().Replace(Media, media, StringComparison.Ordinal));
            if (answer.Status == 201)
            {
                await server.Advance(TimeSpan.FromMilliseconds(300));
                if (IsName(address))
                {
                    await lookUp;
                }

                await bot.Http.Ask("DELETE", People.Path((string)answer.Body["id"]!));
            }

            return await Taken(answer, address, 201);
        }

        // What settings refuse is refused at the start; what they take is asked for keys when the first token comes.
        private async Task<bool> Authority(string address)
        {
            var guard = server.Services.GetRequiredService<AddressGuard>();
            if (guard.Refuse(address) is not null || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
            {
                return false;
            }

            using var authority = new ExternalAuthority(uri, server.Services.GetRequiredService<Directory>(), guard);
            await Assert.ThrowsAsync<AuthorityUnavailableException>(() => authority.Validate(new JsonWebTokenHandler(), new TokenForge(server).Token(), new TokenValidationParameters()));
            return true;
        }

        private async Task<bool> Taken(GraphAnswer answer, string address, int good)
        {
            Assert.True(answer.Status == good || answer.Outcome == "400 8523", $"{address}: {answer.Text}");
            return answer.Status == good && await Settled();
        }

        private async Task<bool> Settled()
        {
            await server.Settle();
            return true;
        }

        // What is no host for anyone is not even looked up.
        private static bool IsName(string address) => Record.Exception(() => new Uri(address).IdnHost) is null;

        private static bool IsHeader(string address) => address.All(one => one is >= ' ' and <= '~');
    }

    /// <summary>302, with a Location that is written as it stands.</summary>
    private sealed class Redirection(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status302Found;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
