using System.Net.WebSockets;
using System.Text.Json;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Media;

/// <summary>Bots that host their own sound, over a WebSocket. <c>docs/app-hosted-media.md</c>.</summary>
public sealed class AppHostedMediaTests
{
    private static readonly short[] Talk = Sounds.Noise(11);
    private static readonly short[] Reply = Sounds.Noise(12);

    [Fact]
    public async Task A_bot_hears_what_a_phone_says_and_the_phone_hears_what_the_bot_says()
    {
        await using var server = await People.Server();
        await using var socket = await SocketServer.Start();
        await using var bot = await server.Bot();
        await server.PutSound("talk", Talk);
        var call = await Call(server, bot, People.Ada, socket.Address);
        var media = await socket.NextReady();
        await Media(bot);

        await server.Does(People.Ada, "speak", new { sound = "talk" });
        await Hears(media, Talk);
        await media.Say(Reply);
        await server.Hears(People.Ada.Id, Reply);
        Assert.Equal(-1, (await server.Heard(People.Ada.Id)).Find(Talk));

        await server.Does(People.Ada, "press", new { key = "#" });
        Assert.Equal("""{"type":"tone","tone":"pound"}""", (await media.HearWords()).Words!.ToJsonString());
        Assert.Equal((call, TestBot.Tenant), ((string?)media.Start["callId"], (string?)media.Start["tenantId"]));
        Assert.StartsWith("Bearer ey", media.Authorization, StringComparison.Ordinal);
        await bot.Http.Ask("DELETE", People.Path(call));
        Assert.Equal("stop", (await media.HearWords()).Type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await media.Hear()).Closed);
    }

    [Fact]
    public async Task A_bot_of_a_group_call_hears_all_and_all_hear_it()
    {
        await using var server = await People.Server();
        await using var socket = await SocketServer.Start();
        await using var bot = await server.Bot();
        await server.PutSound("talk", Talk);
        await bot.CallGroup([People.Ada.Id, People.Ben.Id], call => call.MediaConfig = Hosted(socket.Address));
        await server.Advance(TimeSpan.FromSeconds(1));
        var media = await socket.NextReady();
        await Media(bot);

        await server.Does(People.Ada, "speak", new { sound = "talk" });
        await Hears(media, Talk);
        await media.Say(Reply);

        await server.Hears(People.Ada.Id, Reply);
        await server.Hears(People.Ben.Id, Reply);
    }

    [Fact]
    public async Task A_bot_where_nothing_listens_loses_its_call_after_15_seconds()
    {
        string nowhere;
        await using (var gone = await SocketServer.Start())
        {
            nowhere = gone.Address;
        }

        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await Call(server, bot, People.Ada, nowhere);

        await server.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("500/1005", (await bot.Until("deleted terminated")).Reason);
    }

    [Fact]
    public async Task A_bot_that_is_lost_for_30_seconds_loses_its_call()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        string call;
        await using (var socket = await SocketServer.Start())
        {
            call = await Call(server, bot, People.Ada, socket.Address);
            await socket.NextReady();
            await Media(bot);
        }

        await Lost(bot, call);
        await server.Advance(TimeSpan.FromSeconds(29));
        Assert.DoesNotContain(bot.All, one => one.State == "terminated");
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("500/1005", (await bot.Until("deleted terminated")).Reason);
    }

    [Fact]
    public async Task A_bot_that_comes_back_keeps_its_call()
    {
        await using var server = await People.Server();
        await using var socket = await SocketServer.Start();
        await using var bot = await server.Bot();
        var call = await Call(server, bot, People.Ada, socket.Address);
        var media = await socket.NextReady();
        await Media(bot);

        media.Over.SetResult();
        await Lost(bot, call);
        media = await socket.NextReady();
        await Media(bot);
        await server.Advance(TimeSpan.FromMinutes(2));

        Assert.True((bool?)media.Start["resumed"]);
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", People.Path(call))).Body["state"]);
        await media.Say(Reply);
        await server.Hears(People.Ada.Id, Reply);
    }

    [Fact]
    public async Task A_bot_that_refuses_its_media_loses_its_call_at_once()
    {
        await using var server = await People.Server();
        await using var socket = await SocketServer.Start();
        await using var bot = await server.Bot();
        await Call(server, bot, People.Ada, socket.Address);

        await (await socket.Next()).Say("""{"type":"refuse","message":"not today"}""");

        Assert.Equal("500/7112", (await bot.Until("deleted terminated")).Reason);
    }

    [Fact]
    public async Task Garbage_ends_the_call_of_its_bot_alone()
    {
        await using var server = await People.Server();
        await using var garbage = await SocketServer.Start();
        var times = 0;
        garbage.Serve = async media =>
        {
            times++;
            await media.Say("""{"type":"ready"}""");
            await media.Say("garbage");
            await media.HearWords();
        };
        await using var good = await SocketServer.Start();
        await using var bot = await server.Bot();
        await using var other = await server.SecondBot();
        await Call(server, other, People.Ben, good.Address);
        var media = await good.NextReady();
        var call = await Call(server, bot, People.Ada, garbage.Address);

        await Media(bot);
        await Media(bot);
        await Media(bot);
        await Lost(bot, call);
        await server.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("500/1005", (await bot.Until("deleted terminated")).Reason);
        await media.Say(Reply);
        await server.Hears(People.Ben.Id, Reply);
        Assert.Equal(3, times);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bot_that_floods_or_takes_nothing_disturbs_no_other(bool floods)
    {
        await using var server = await People.Server();
        await using var bad = await SocketServer.Start();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bad.Serve = async media =>
        {
            await media.Say("""{"type":"ready"}""");
            while (floods && !ended.Task.IsCompleted) // Kestrel takes what is sent to nobody
            {
                // Two seconds of sound in a millisecond: a flood, and not so much that its sender takes the processors from the server.
                await media.Socket.SendAsync(new byte[64_000], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            await ended.Task;
        };
        using var end = new AtEnd(ended.SetResult); // whatever fails: a flood without end would take the tests beside it along
        await using var good = await SocketServer.Start();
        await using var bot = await server.Bot();
        await using var other = await server.SecondBot();
        var call = await Call(server, bot, People.Ada, bad.Address);
        await Media(bot);
        await Call(server, other, People.Ben, good.Address);
        var media = await good.NextReady();
        await server.PutSound("talk", Talk);

        await AtLast(async () =>
        {
            await server.Does(People.Ben, "speak", new { sound = "talk" });
            return await Heard(media, Talk);
        });
        await AtLast(async () =>
        {
            await media.Say(Reply);
            return await server.Hears(People.Ben.Id, Reply, TimeSpan.FromSeconds(4));
        });

        Assert.Equal(204, (await bot.Http.Ask("DELETE", People.Path(call))).Status);
        Assert.Equal("200/5001", (await bot.Until("deleted terminated")).Reason);
    }

    // A flood may take the processors for so long that a frame of sound comes too late for anyone: then it is said once more.
    private static async Task AtLast(Func<Task<bool>> attempt)
    {
        for (var tries = 10; !await attempt(); tries--)
        {
            Assert.True(tries > 0, "It was never heard.");
        }
    }

    private static async Task<string> Call(TestServer server, TestBot bot, Harness.Person person, string address)
    {
        var call = await bot.CallGroup([person.Id], call => call.MediaConfig = Hosted(address));
        await server.Advance(TimeSpan.FromSeconds(1));
        return call;
    }

    private static AppHostedMediaConfig Hosted(string address) => new() { Blob = JsonSerializer.Serialize(new { webSocketUrl = address }) };

    /// <summary>Waits until the bot is told that its sound flows.</summary>
    private static async Task Media(TestBot bot)
    {
        while ((string?)(await bot.Until("updated established")).Call["mediaState"]?["audio"] != "active")
        {
        }
    }

    /// <summary>Waits until it is known that the sound no longer flows, of which nobody is told.</summary>
    private static async Task Lost(TestBot bot, string call)
    {
        for (var began = TimeProvider.System.GetTimestamp(); await Audio(bot, call) is not null;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TestServer.Patience, "It is not lost.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task<string?> Audio(TestBot bot, string call) =>
        (string?)(await bot.Http.Ask("GET", People.Path(call))).Body["mediaState"]?["audio"];

    /// <summary>Waits until a bot has heard a sound, sample for sample.</summary>
    private static async Task Hears(BotSide media, short[] sound) => Assert.True(await Heard(media, sound), "It was not heard.");

    /// <summary>Listens for a sound, and three seconds longer than it takes.</summary>
    private static async Task<bool> Heard(BotSide media, short[] sound)
    {
        var heard = new List<short>();
        while (heard.Count < sound.Length + (3 * Pcm.SampleRate))
        {
            heard.AddRange((await media.Hear()).Sound ?? []);
            if (heard.ToArray().Find(sound) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class AtEnd(Action work) : IDisposable
    {
        public void Dispose() => work();
    }
}
