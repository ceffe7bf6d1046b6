using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Hookswitch.Calling;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>The connection to a bot that hosts its own sound, against a real WebSocket server. The test is the media clock.</summary>
public sealed class MediaSocketTests
{
    private static readonly MediaFacts Facts =
        new(new CallId(new ConversationId(5), new LegId(6)), new Guid("11111111-0000-4000-8000-000000000001"), new AppId("app"), "tenant");

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private static readonly MediaSocketOptions Options = new()
    {
        ReadyTimeout = TimeSpan.FromSeconds(1),
        Stall = TimeSpan.FromSeconds(1),
        MinBackoff = TimeSpan.FromMilliseconds(10),
        MaxBackoff = TimeSpan.FromMilliseconds(50),
    };

    [Fact]
    public async Task The_bot_is_told_what_starts_and_by_whom()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);

        var bot = await server.Next();

        Assert.Equal("Bearer token", bot.Authorization);
        Assert.Equal(
            $$"""{"type":"start","version":1,"callId":"{{Facts.Call}}","participantId":"11111111-0000-4000-8000-000000000001","tenantId":"tenant","applicationId":"app","sampleRate":16000,"channels":1,"bitsPerSample":16,"frameMilliseconds":20}""",
            bot.Start.ToJsonString());
        Assert.Empty(opened.All);
        await bot.Say("""{"type":"ready"}""");
        Assert.Equal(SocketChange.Connected, await opened.Next());
    }

    [Fact]
    public async Task What_a_bot_says_at_once_is_heard_frame_by_frame_in_its_order()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        var prompt = Sounds.Noise(1, seconds: 60);

        await bot.Say(prompt[..1_001]);
        await bot.Say(prompt[1_001..]);

        Assert.Equal(prompt, await opened.Read(prompt.Length));
        Assert.False(opened.Socket.Read(new short[Pcm.FrameSamples]));
    }

    [Fact]
    public async Task What_a_bot_hears_comes_as_frames()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        await opened.Next();
        var heard = Sounds.Noise(2, seconds: 0.04);

        opened.Socket.Write(heard.AsSpan(0, Pcm.FrameSamples));
        opened.Socket.Write(heard.AsSpan(Pcm.FrameSamples));
        opened.Socket.Press(Tone.Pound);

        var sent = new[] { await bot.Hear(), await bot.Hear(), await bot.Hear() };
        Assert.Equal(heard, sent.SelectMany(one => one.Sound ?? []));
        Assert.Equal("""{"type":"tone","tone":"pound"}""", Assert.Single(sent, one => one.Words is not null).Words!.ToJsonString());
    }

    [Fact]
    public async Task A_mark_comes_back_once_the_sound_before_it_was_heard()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        var sound = Sounds.Noise(3, seconds: 0.05); // two frames and a half

        await bot.Say(sound);
        await bot.Say("""{"type":"mark","name":"end \"é\""}""");
        await bot.Say(sound);

        var heard = await opened.Read(3 * Pcm.FrameSamples);
        Assert.Equal([.. sound, .. new short[Pcm.FrameSamples / 2]], heard);
        opened.Socket.Press(Tone.Tone1);
        Assert.Equal("tone", (await bot.Hear()).Type); // the mark was not reached: its last frame is only now being played
        await opened.Read(Pcm.FrameSamples);
        var mark = (await bot.Hear()).Words!;
        Assert.Equal(("mark", "end \"é\""), ((string?)mark["type"], (string?)mark["name"]));
    }

    [Fact]
    public async Task Clear_drops_what_was_not_heard_and_the_marks_in_it()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        var (dropped, kept) = (Sounds.Noise(4, seconds: 10), Sounds.Noise(5, seconds: 0.2));

        await bot.Say(dropped);
        await bot.Say("""{"type":"mark","name":"dropped"}""");
        await OpenedSocket.Until(() => opened.Socket.FramesAhead == 500);
        await bot.Say("""{"type":"clear"}""");
        await bot.Say("""{"type":"whatever","name":1}""");
        await bot.Say("""{"type":"mark","name":"cleared"}""");
        await OpenedSocket.Until(() => opened.Socket.FramesAhead == 0);
        Assert.Equal("cleared", (string?)(await opened.Mark(bot))["name"]);
        await bot.Say(kept);

        Assert.Equal(kept, await opened.Read(kept.Length));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(500)]
    public async Task A_bot_refuses_by_its_status(int status)
    {
        await using var server = await SocketServer.Start();
        server.Status = status;
        await using var opened = Open(server);

        Assert.Equal(SocketChange.Refused, await opened.Next());
        await opened.Socket.Over.WaitAsync(TestServer.Patience);
    }

    [Theory]
    [InlineData("""{"type":"refuse","message":"not\u0007today"}""", "The bot refuses: not today")]
    [InlineData("""{"type":"mark","name":"early"}""", "The bot's first message is not that it is ready.")]
    [InlineData("ready", "The bot's first message is not that it is ready.")]
    [InlineData(null, "The bot did not say in time that it is ready.")]
    public async Task A_bot_refuses_by_what_it_says_or_does_not_say(string? words, string detail)
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.Next();
        if (words is not null)
        {
            await bot.Say(words);
        }

        Assert.Equal((SocketChange.Refused, detail), await opened.NextDetail());
        await opened.Socket.Over.WaitAsync(TestServer.Patience);
    }

    [Fact]
    public async Task A_bot_refuses_by_hanging_up_before_it_is_ready()
    {
        await using var server = await SocketServer.Start();
        server.Serve = bot => bot.Socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "no", CancellationToken.None);
        await using var opened = Open(server);

        Assert.Equal(SocketChange.Refused, await opened.Next());
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_bot_that_cannot_be_reached_is_tried_again(int status)
    {
        await using var server = await SocketServer.Start();
        server.Status = status;
        await using var opened = Open(server);

        Assert.Equal(SocketChange.Lost, await opened.Next());
        server.Status = 101;
        var bot = await server.NextReady();

        Assert.False(bot.Start.ContainsKey("resumed"));
        Assert.Equal(SocketChange.Connected, await opened.Next());
    }

    [Fact]
    public async Task Where_nothing_listens_is_tried_again()
    {
        string address;
        await using (var gone = await SocketServer.Start())
        {
            address = gone.Address;
        }

        await using var opened = Open(address);
        Assert.Equal(SocketChange.Lost, await opened.Next());

        await using var server = await SocketServer.Start(new UriBuilder(address) { Scheme = "http", Path = "" }.Uri.ToString());
        await server.NextReady();
        Assert.Equal(SocketChange.Connected, await opened.Next());
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_made_again_and_said_to_be_resumed()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        Assert.Equal(SocketChange.Connected, await opened.Next());

        bot.Over.SetResult();
        Assert.Equal(SocketChange.Lost, await opened.Next());
        bot = await server.NextReady();
        Assert.Equal(SocketChange.Connected, await opened.Next());

        Assert.True((bool?)bot.Start["resumed"]);
        var sound = Sounds.Noise(6, seconds: 0.1);
        await bot.Say(sound);
        Assert.Equal(sound, await opened.Read(sound.Length));
    }

    public static TheoryData<string, WebSocketMessageType, WebSocketCloseStatus> Garbage => new()
    {
        { "no JSON", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidPayloadData },
        { "[]", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidPayloadData },
        { """{"type":"mark"}""", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidPayloadData },
        { $$"""{"type":"{{new string('x', 5_000)}}"}""", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidPayloadData },
        { "odd", WebSocketMessageType.Binary, WebSocketCloseStatus.InvalidPayloadData },
        { new string('x', 3_840_002), WebSocketMessageType.Binary, WebSocketCloseStatus.MessageTooBig },
    };

    [Theory]
    [MemberData(nameof(Garbage), DisableDiscoveryEnumeration = true)]
    public async Task A_bot_that_breaks_the_protocol_again_and_again_is_left_alone(string garbage, WebSocketMessageType type, WebSocketCloseStatus status)
    {
        var seen = new ConcurrentQueue<WebSocketCloseStatus?>();
        await using var server = await SocketServer.Start();
        server.Serve = async bot =>
        {
            await bot.Say("""{"type":"ready"}""");
            await bot.Say(Encoding.UTF8.GetBytes(garbage), type);
            seen.Enqueue((await bot.HearWords()).Closed);
            await bot.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        };
        await using var opened = Open(server);

        var deadline = opened.Socket.Over.WaitAsync(TestServer.Patience);
        while (!deadline.IsCompleted)
        {
            while (opened.Socket.Read(new short[Pcm.FrameSamples]))
            {
            }

            await Task.Delay(Tick, TimeProvider.System);
        }

        await deadline;
        Assert.Equal([status, status, status], seen);
        Assert.Equal([.. Enumerable.Repeat(new[] { SocketChange.Connected, SocketChange.Lost }, 3).SelectMany(one => one)], await opened.Six());
    }

    [Fact]
    public async Task A_flood_waits_until_there_is_room_and_loses_nothing()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server, Options with { MaxFramesAhead = 100 });
        var bot = await server.NextReady();
        await opened.Next();
        var flood = Sounds.Noise(7, seconds: 400); // 12.8 MB: far more than the connection itself holds
        var saying = Task.Run(async () =>
        {
            for (var place = 0; place < flood.Length; place += 16_000)
            {
                await bot.Say(flood[place..(place + 16_000)]);
            }
        });

        await OpenedSocket.Until(() => opened.Socket.FramesAhead >= 100);
        await Task.WhenAny(saying, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System)); // time enough to send it all, were it read
        Assert.False(saying.IsCompleted);
        Assert.InRange(opened.Socket.FramesAhead, 100, 100 + (16 * 1024 / Pcm.FrameBytes));

        Assert.Equal(flood, await opened.Read(flood.Length));
        await saying;
    }

    [Fact]
    public async Task A_bot_that_takes_nothing_is_lost()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        await server.NextReady();
        Assert.Equal(SocketChange.Connected, await opened.Next());

        var (lost, frame) = (opened.NextDetail(), Sounds.Noise(8, seconds: 0.02));
        while (!lost.IsCompleted)
        {
            for (var frames = 0; frames < 50; frames++)
            {
                opened.Socket.Write(frame);
            }

            await Task.Delay(Tick, TimeProvider.System);
        }

        Assert.Equal((SocketChange.Lost, "The bot took nothing for 1 s."), await lost);
    }

    [Fact]
    public async Task A_bot_is_told_that_the_call_is_over_before_the_connection_is_closed()
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.NextReady();
        await opened.Next();

        opened.Socket.Stop();

        Assert.Equal("stop", (await bot.HearWords()).Type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await bot.Hear()).Closed);
        await bot.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await opened.Socket.Over.WaitAsync(TestServer.Patience);
        Assert.Equal([SocketChange.Connected], opened.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_stopped_ends_whatever_the_bot_does(bool ready)
    {
        await using var server = await SocketServer.Start();
        await using var opened = Open(server);
        var bot = await server.Next();
        if (ready)
        {
            await bot.Say("""{"type":"ready"}""");
            await opened.Next();
        }

        opened.Socket.Stop();

        await opened.Socket.Over.WaitAsync(TestServer.Patience);
    }

    private static OpenedSocket Open(SocketServer server, MediaSocketOptions? options = null) => Open(server.Address, options);

    private static OpenedSocket Open(string address, MediaSocketOptions? options = null) => new(address, Facts, options ?? Options);
}
