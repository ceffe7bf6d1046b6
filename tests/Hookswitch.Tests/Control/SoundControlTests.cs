using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Control;

/// <summary>What scripted phones can say.</summary>
public sealed class SoundControlTests
{
    private const string WavType = "audio/wav";
    private static readonly short[] Talk = Sounds.Noise(31, seconds: 0.5);

    [Fact]
    public async Task A_sound_is_put_listed_read_and_deleted()
    {
        await using var server = await TestServer.Start();

        var put = await Put(server, "talk", Wav(Talk));
        Assert.Equal(200, put.Status);
        Assert.Equal("""{"name":"talk","seconds":0.5,"builtIn":false}""", put.Text);
        Assert.Equal(["silence", "talk", "tone-1000", "tone-440"], await Names(server));
        using (var got = await server.Http.GetAsync("/control/sounds/talk"))
        {
            Assert.Equal(WavType, got.Content.Headers.ContentType?.MediaType);
            Assert.Equal(Talk, WavFile.Read(await got.Content.ReadAsByteArrayAsync()));
        }

        Assert.Equal(204, (await server.Http.Ask("DELETE", "/control/sounds/talk")).Status);
        Assert.Equal(404, (await server.Http.Ask("DELETE", "/control/sounds/talk")).Status);
        Assert.Equal(404, (await server.Http.Ask("GET", "/control/sounds/talk")).Status);
        Assert.Equal(["silence", "tone-1000", "tone-440"], await Names(server));
    }

    [Fact]
    public async Task A_phone_says_what_was_put_last()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));

        await Put(server, "talk", Wav(Sounds.Noise(32)));
        await Put(server, "TALK", Wav(Talk)); // names are the same in any case
        await server.Does(People.Ada, "speak", new { sound = "talk" });

        await server.Hears(People.Ben.Id, Talk);
        Assert.Equal(4, (await Names(server)).Length);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a%20b")]
    [InlineData("..%2Fb")]
    [InlineData("..%5Cb")]
    [InlineData("a%00")]
    [InlineData("%C3%A4")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_bad_name_is_refused(string name)
    {
        await using var server = await TestServer.Start();

        Assert.Equal(400, (await Put(server, name, Wav(Talk))).Status);
        Assert.Equal(400, (await server.Http.Ask("DELETE", $"/control/sounds/{name}")).Status);
        await NothingThere(server);
    }

    [Theory]
    [InlineData("tone-440")]
    [InlineData("Silence")]
    public async Task What_is_built_in_stays(string name)
    {
        await using var server = await TestServer.Start();

        Assert.Equal(409, (await Put(server, name, Wav(Talk))).Status);
        Assert.Equal(409, (await server.Http.Ask("DELETE", $"/control/sounds/{name}")).Status);
        await NothingThere(server);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ID3 and what follows")]
    [InlineData("{}")]
    public async Task What_is_no_WAV_is_refused(string body)
    {
        await using var server = await TestServer.Start();

        var answer = await Put(server, "talk", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, answer.Status);
        Assert.Contains("The body is no sound that can be said. It is no WAV file.", answer.Text, StringComparison.Ordinal);
        await NothingThere(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_too_large_is_refused_whether_or_not_it_says_its_length(bool chunked)
    {
        await using var server = await TestServer.Start();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TestServer.Patience });
        using var content = new ByteArrayContent(Wav(new short[10 * 1024 * 1024 / sizeof(short)])) { Headers = { ContentType = new(WavType) } };
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Address, "/control/sounds/talk"))
        {
            Content = content,
            Headers = { ExpectContinue = !chunked, TransferEncodingChunked = chunked }, // a length that is too large is refused before the body is sent
        };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await NothingThere(server);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData(null)]
    public async Task What_a_form_could_send_is_refused(string? type)
    {
        await using var server = await TestServer.Start();

        Assert.Equal(415, (await Put(server, "talk", Wav(Talk), type)).Status);
        await NothingThere(server);
    }

    [Fact]
    public async Task What_a_web_page_of_another_origin_sends_is_refused()
    {
        await using var server = await TestServer.Start();
        server.Http.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        Assert.Equal(403, (await Put(server, "talk", Wav(Talk))).Status);
        Assert.Equal(403, (await server.Http.Ask("DELETE", "/control/sounds/talk")).Status);
        Assert.Equal(403, (await server.Http.Ask("GET", "/control/sounds")).Status);
    }

    [Fact]
    public async Task Sounds_are_there_after_a_restart()
    {
        using var folder = new TestFolder();
        await using (var server = await TestServer.Start(options => options with { Data = folder.Path }))
        {
            await Put(server, "talk", Wav(Talk));
            await Put(server, "bye", Wav(Talk));
            await server.Http.Ask("DELETE", "/control/sounds/bye");
        }

        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "sounds", "half.part"), []); // it was killed while one was put
        await using (var server = await TestServer.Start(options => options with { Data = folder.Path }))
        {
            Assert.Equal(["silence", "talk", "tone-1000", "tone-440"], await Names(server));
            Assert.Equal(Talk, WavFile.Read(await server.Http.GetByteArrayAsync("/control/sounds/talk")));
            Assert.Equal(["talk.wav"], System.IO.Directory.GetFiles(Path.Combine(folder.Path, "sounds")).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task Those_who_put_the_same_at_once_do_not_hinder_each_other()
    {
        await using var server = await TestServer.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Put(server, "talk", Wav(Sounds.Noise(33 + i)))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var said = WavFile.Read(await server.Http.GetByteArrayAsync("/control/sounds/talk"));
        Assert.Equal(said, WavFile.Read(await File.ReadAllBytesAsync(Path.Combine(server.Folder, "sounds", "talk.wav"))));
    }

    [Fact]
    public async Task A_folder_that_takes_no_writes_is_said()
    {
        using var folder = new TestFolder();
        var sounds = Path.Combine(folder.Path, "sounds");
        System.IO.Directory.CreateDirectory(Path.Combine(sounds, "talk.wav")); // no user can write there, not even root
        await using var server = await TestServer.Start(options => options with { Data = folder.Path });

        Assert.Equal(503, (await Put(server, "talk", Wav(Talk))).Status);
        Assert.Equal(503, (await server.Http.Ask("DELETE", "/control/sounds/talk")).Status);
        await NothingThere(server);
    }

    [Fact]
    public async Task A_file_that_is_no_WAV_is_said_at_the_start()
    {
        using var folder = new TestFolder();
        System.IO.Directory.CreateDirectory(Path.Combine(folder.Path, "sounds"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "sounds", "talk.wav"), "ID3");

        var (exit, _, error) = await ServerProcess.Run("dev", "--urls", "http://127.0.0.1:0", "--data", folder.Path);

        Assert.Equal(2, exit);
        Assert.Contains("talk.wav", error, StringComparison.Ordinal);
        Assert.Contains("It is no WAV file.", error, StringComparison.Ordinal);
    }

    private static async Task<GraphAnswer> Put(TestServer server, string name, byte[] body, string? type = WavType)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = type is null ? null : new MediaTypeHeaderValue(type) } };
        return await server.Http.Ask("PUT", $"/control/sounds/{name}", content);
    }

    private static async Task<string[]> Names(TestServer server) =>
        [.. JsonNode.Parse(await server.Http.GetStringAsync("/control/sounds"))!.AsArray().Select(one => (string)one!["name"]!)];

    private static async Task NothingThere(TestServer server)
    {
        Assert.Equal(["silence", "tone-1000", "tone-440"], await Names(server));
        using var silence = await server.Http.GetAsync("/control/sounds/silence");
        Assert.Equal(HttpStatusCode.OK, silence.StatusCode);
    }

    private static byte[] Wav(short[] samples)
    {
        var wav = new MemoryStream();
        WavFile.Write(wav, samples);
        return wav.ToArray();
    }
}
