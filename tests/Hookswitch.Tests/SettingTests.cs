using Hookswitch.Time;

namespace Hookswitch.Tests;

/// <summary>Settings from a file, the environment and the command line.</summary>
public sealed class SettingTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Everything_has_a_default() => Assert.Equal(
        (TimeSpan.FromMinutes(45), TimeSpan.FromSeconds(15), ClockKind.System),
        (Load().Timeouts.KeepAlive, Load().Timeouts.Answer, Load().Clock));

    [Fact]
    public void A_file_is_read_by_the_names_of_the_options()
    {
        File.WriteAllText(_file, """{"timeouts":{"ring":"PT30S","keepAlive":"00:10:00"},"clock":"manual","urls":"http://localhost:1;http://127.0.0.1:2"}""");

        var options = SettingsInForce.Load(_file, new Dictionary<string, string>()).Options;

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10), ClockKind.Manual), (options.Timeouts.Ring, options.Timeouts.KeepAlive, options.Clock));
        Assert.Equal(["http://localhost:1", "http://127.0.0.1:2"], options.Urls);
    }

    [Fact]
    public void The_command_line_goes_before_the_file()
    {
        File.WriteAllText(_file, """{"timeouts":{"ring":"PT30S"}}""");

        Assert.Equal(TimeSpan.FromSeconds(5), Load(("timeouts.ring", "PT5S")).Timeouts.Ring);
    }

    [Theory]
    [InlineData("""{"timeouts":{"rang":"PT30S"}}""", "There is no setting 'timeouts.rang'. hookswitch dev --help lists them.")]
    [InlineData("""{"timeouts":{"ring":30}}""", "The setting timeouts.ring cannot be '30': it must be a duration such as PT45M or 00:45:00.")]
    [InlineData("{", "The settings in ")]
    public void A_file_that_makes_no_sense_is_refused(string text, string error)
    {
        File.WriteAllText(_file, text);

        Assert.StartsWith(error, Assert.Throws<UsageException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said() =>
        Assert.StartsWith(
            "The settings in /nowhere/settings.json cannot be read: ",
            Assert.Throws<UsageException>(() => SettingsInForce.Load("/nowhere/settings.json", new Dictionary<string, string>())).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_timeout_of_the_core_is_a_setting() => Assert.Equal(
        typeof(Calling.Timeouts).GetProperties().Where(one => one.CanWrite).Select(one => one.Name.ToUpperInvariant()).Order(StringComparer.Ordinal),
        Setting.All.Where(one => one.Name.StartsWith("timeouts.", StringComparison.Ordinal)).Select(one => one.Name["timeouts.".Length..].ToUpperInvariant()).Order(StringComparer.Ordinal));

    /// <summary>What help shows as a value is one that can be written.</summary>
    [Fact]
    public void Every_setting_reads_what_it_shows() => Assert.All(Setting.All, setting =>
    {
        var shown = setting.Show(new ServerOptions());
        Assert.True(shown.Length == 0 || setting.Show(setting.Apply(new ServerOptions(), shown)) == shown, setting.Name);
    });

    public void Dispose() => File.Delete(_file);

    private ServerOptions Load(params (string Name, string Value)[] commandLine) =>
        SettingsInForce.Load(new FileInfo(_file).Length == 0 ? null : _file, commandLine.ToDictionary(one => one.Name, one => one.Value)).Options;
}
