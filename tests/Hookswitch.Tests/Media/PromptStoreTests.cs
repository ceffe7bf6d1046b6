using Hookswitch.Calling;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Media;

/// <summary>What is fetched is bounded in size and time, and kept for whoever asked alone.</summary>
public sealed class PromptStoreTests
{
    private static readonly AppId One = new("one");
    private static readonly AppId Another = new("another");
    private static readonly short[] Hello = Sounds.Noise(41, seconds: 0.1);

    [Fact]
    public async Task Who_asks_while_it_is_fetched_waits_for_the_same()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store();
        var answer = new TaskCompletionSource();
        var file = new MediaFile(sounds.Put("hello.wav", async context =>
        {
            await answer.Task;
            await Results.Bytes(Wav(Hello)).ExecuteAsync(context);
        }), "hello");

        var asked = Enumerable.Range(0, 20).Select(_ => store.Get(One, file)).ToArray();
        Assert.All(asked, one => Assert.False(one.IsCompleted));
        answer.SetResult();

        Assert.All(await Task.WhenAll(asked), one => Assert.Equal(Hello, one.Samples));
        Assert.Equal(Hello, (await store.Get(One, file)).Samples);
        Assert.Equal(1, sounds.Asked["hello.wav"]);
    }

    [Fact]
    public async Task What_one_application_calls_it_says_nothing_of_what_another_does()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store();
        var bye = Sounds.Noise(42);

        var first = store.Get(One, new MediaFile(sounds.Put("hello.wav", Hello), "greeting"));
        var second = store.Get(Another, new MediaFile(sounds.Put("bye.wav", bye), "greeting"));

        Assert.Equal(Hello, (await first).Samples);
        Assert.Equal(bye, (await second).Samples);
        Assert.Equal(Hello, (await store.Get(One, new MediaFile(sounds.Address("hello.wav"), "greeting"))).Samples);
        Assert.Equal(bye, (await store.Get(Another, new MediaFile(sounds.Address("bye.wav"), "greeting"))).Samples);
        Assert.Equal((1, 1), (sounds.Asked["hello.wav"], sounds.Asked["bye.wav"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_key_nothing_is_kept(string? resource)
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store();
        var file = new MediaFile(sounds.Put("hello.wav", Hello), resource);

        store.Prefetch(One, [file]);
        await store.Get(One, file);
        await store.Get(One, file);

        Assert.Equal(2, sounds.Asked["hello.wav"]);
    }

    [Fact]
    public async Task What_was_asked_for_longest_ago_makes_room()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { MaxKeptBytes = 2 * sizeof(short) * Hello.Length });
        var (a, b, c) = (File(sounds, "a"), File(sounds, "b"), File(sounds, "c"));

        foreach (var file in new[] { a, b, a, c, a, b })
        {
            await store.Get(One, file);
        }

        Assert.Equal((1, 2, 1), (sounds.Asked["a"], sounds.Asked["b"], sounds.Asked["c"]));
    }

    [Fact]
    public async Task What_has_no_room_is_played_and_not_kept()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { MaxKeptBytes = (sizeof(short) * Hello.Length) - 1 });
        var file = File(sounds, "a");

        Assert.Equal(Hello, (await store.Get(One, file)).Samples);
        Assert.Equal(Hello, (await store.Get(One, file)).Samples);
        Assert.Equal(2, sounds.Asked["a"]);
    }

    [Fact]
    public async Task It_is_fetched_anew_once_its_time_is_over()
    {
        await using var sounds = await SoundServer.Start();
        var time = new ManualTime();
        using var store = Store(new PromptOptions { Keep = TimeSpan.FromHours(1) }, time);
        var file = File(sounds, "a");

        await store.Get(One, file);
        time.Advance(TimeSpan.FromMinutes(59)); // being asked for does not make it younger
        await store.Get(One, file);
        Assert.Equal(1, sounds.Asked["a"]);
        time.Advance(TimeSpan.FromMinutes(1));
        await store.Get(One, file);
        await store.Get(One, file);
        Assert.Equal(2, sounds.Asked["a"]);
    }

    [Fact]
    public async Task What_could_not_be_fetched_is_tried_again()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store();

        Assert.Equal(PromptFailure.Download, (await store.Get(One, new MediaFile(sounds.Address("a"), "a"))).Failure);
        Assert.Equal(Hello, (await store.Get(One, File(sounds, "a"))).Samples);
    }

    [Fact]
    public async Task What_drips_is_given_up()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { Timeout = TimeSpan.FromSeconds(0.5) });

        var got = await store.Get(One, new MediaFile(sounds.Put("drip", Drip) + "?key=secret", "drip"));

        Assert.Equal(
            new FetchedPrompt(null, PromptFailure.Download, $"{sounds.Address("drip")}: It was not there within 0.5 s."), got);
    }

    [Fact]
    public async Task Redirects_that_drip_are_given_up_in_the_same_time()
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { Timeout = TimeSpan.FromSeconds(0.5) });
        var uri = sounds.Put("round", async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System, context.RequestAborted);
            context.Response.Redirect("/round");
        });

        Assert.Equal($"{uri}: It was not there within 0.5 s.", (await store.Get(One, new MediaFile(uri, null))).Detail);
    }

    [Theory]
    [InlineData(44 + (2 * 1_600), false)]
    [InlineData(43 + (2 * 1_600), true)]
    public async Task It_may_be_as_large_as_the_limit(int limit, bool refused)
    {
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { MaxBytes = limit });
        var uri = sounds.Put("hello.wav", Hello);

        var got = await store.Get(One, new MediaFile(uri, null));

        Assert.Equal(refused ? $"{uri}: It is larger than {limit} bytes." : null, got.Detail);
    }

    [Fact]
    public async Task A_host_that_hangs_has_eight_connections_and_delays_no_other_host()
    {
        await using var hostile = await SoundServer.Start();
        await using var sounds = await SoundServer.Start();
        using var store = Store(new PromptOptions { Timeout = TimeSpan.FromSeconds(2) });
        var uri = hostile.Put("drip", Drip);

        var hanging = Enumerable.Range(0, 50).Select(_ => store.Get(Another, new MediaFile(uri, null))).ToArray();
        var got = await store.Get(One, File(sounds, "hello.wav"));

        Assert.Equal(Hello, got.Samples);
        Assert.All(hanging, one => Assert.False(one.IsCompleted));
        Assert.InRange(hostile.Asked.GetValueOrDefault("drip"), 0, 8);
        Assert.All(await Task.WhenAll(hanging), one => Assert.Equal(PromptFailure.Download, one.Failure));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello.wav")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://user:word@127.0.0.1/")]
    [InlineData("http://127.0.0.1:0/")]
    [InlineData("https://xn--a/")]
    [InlineData("https://[::1%25eth0]:1/")]
    [InlineData("https://a.invalid/")]
    [InlineData("https://.../")]
    [InlineData("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/")]
    public async Task An_address_that_leads_nowhere_is_a_failure_and_never_an_exception(string uri)
    {
        using var store = Store();

        var got = await store.Get(One, new MediaFile(uri, "key"));

        Assert.Equal(PromptFailure.Download, got.Failure);
        Assert.StartsWith($"{uri}: ", got.Detail, StringComparison.Ordinal);
        Assert.Equal(got, await store.Get(One, new MediaFile(uri, "key")));
    }

    /// <summary>A byte now and then, without end.</summary>
    internal static async Task Drip(HttpContext context)
    {
        while (true)
        {
            await context.Response.Body.WriteAsync(new byte[] { 82 }, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
        }
    }

    private static PromptStore Store(PromptOptions? options = null, TimeProvider? time = null) =>
        new(options ?? new PromptOptions(), AddressGuard.Development, time ?? TimeProvider.System, CancellationToken.None);

    private static MediaFile File(SoundServer sounds, string name) => new(sounds.Put(name, Hello), name);

    private static byte[] Wav(short[] samples)
    {
        var wav = new MemoryStream();
        WavFile.Write(wav, samples);
        return wav.ToArray();
    }
}
