using System.Globalization;
using System.Text.Json;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>Who is registered: applications that call and are called, and people by what their phones do.</summary>
internal static class Cast
{
    private const int Bots = 4;

    /// <summary>Rings, is answered, and stays: what every phone does of which nobody said anything.</summary>
    public const string Patient = "a0000000-0000-4000-8000-000000000001";

    /// <summary>Is answered and hangs up a little later.</summary>
    public const string Brief = "a0000000-0000-4000-8000-000000000002";

    /// <summary>Declines.</summary>
    public const string Busy = "a0000000-0000-4000-8000-000000000003";

    /// <summary>Rings for ever.</summary>
    public const string Absent = "a0000000-0000-4000-8000-000000000004";

    public static IReadOnlyList<string> Applications { get; } =
        [.. Enumerable.Range(1, Bots).Select(number => string.Create(CultureInfo.InvariantCulture, $"b0000000-0000-4000-8000-{number:d12}"))];

    /// <summary>Is answered and hangs up two seconds later.</summary>
    public const string Steady = "a0000000-0000-4000-8000-000000000005";

    /// <summary>The directory file that registers them.</summary>
    public static byte[] Directory(LoadReceiver receiver) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        applications = Applications.Select(id => new { id, callbackUri = receiver.Callback(id) }),
        users = new[]
        {
            User(Brief, Step("ring", "PT0.02S"), Step("answer", "PT0.05S"), Step("hangUp", "PT0.3S")),
            User(Busy, Step("ring", "PT0.02S"), Step("decline", "PT0.2S")),
            User(Absent, Step("ring", "PT0.02S")),
            User(Steady, Step("answer", "PT0.02S"), Step("hangUp", "PT2S")),
        },
    });

    private static object User(string id, params object[] script) => new { id, phones = new[] { new { script } } };

    private static object Step(string @do, string after) => new { @do, after };
}
