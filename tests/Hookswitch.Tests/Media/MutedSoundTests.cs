using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>Who hears whom.</summary>
public sealed class MutedSoundTests
{
    private static readonly short[] Talk = Sounds.Noise(8);
    private static readonly short[] More = Sounds.Noise(9);

    [Fact]
    public async Task Two_who_talk_at_once_are_both_heard_and_neither_hears_itself()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.CallGroup([People.Ada.Id, People.Ben.Id, People.Cem.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        await server.PutSound("talk", Talk);

        await server.Does(People.Ada, "speak", new { sound = "talk" });
        await server.Hears(People.Ben.Id, Talk);
        await server.Hears(People.Cem.Id, Talk);

        Assert.Equal(-1, (await server.Heard(People.Ada.Id)).Find(Talk));
    }

    [Fact]
    public async Task Who_is_muted_is_silence_and_is_heard_again_afterwards()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        await server.PutSound("talk", Talk);
        await server.PutSound("more", More);

        await server.Does(People.Ada, "mute");
        await server.Does(People.Ada, "speak", new { sound = "talk" });
        await server.Does(People.Ben, "speak", new { sound = "more" });
        await server.Hears(People.Ada.Id, More); // as long as hers: it was said by then
        Assert.Equal(-1, (await server.Heard(People.Ben.Id)).Find(Talk));

        await server.Does(People.Ada, "unmute");
        await server.Does(People.Ada, "speak", new { sound = "talk" });
        await server.Hears(People.Ben.Id, Talk);
    }

    [Fact]
    public async Task Who_holds_the_call_neither_hears_nor_is_heard()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.CallGroup([People.Ada.Id, People.Ben.Id, People.Cem.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        await server.PutSound("talk", Talk);
        await server.PutSound("more", More);

        await server.Does(People.Ada, "hold");
        await server.Does(People.Ben, "speak", new { sound = "talk" });
        await server.Hears(People.Cem.Id, Talk);
        Assert.Equal(-1, (await server.Heard(People.Ada.Id)).Find(Talk));

        await server.Does(People.Ada, "resume");
        await server.Does(People.Ben, "speak", new { sound = "more" });
        await server.Hears(People.Ada.Id, More);
    }
}
