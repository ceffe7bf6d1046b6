using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch config show</c>: every setting in force, and where it comes from. What is secret is not shown.</summary>
internal static class ConfigCommand
{
    private const string Serve = "serve";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON: a list of {name, value, source}." };
        var verb = new Option<string>("--for") { HelpName = "VERB", Description = "The command whose defaults hold: serve or dev.", DefaultValueFactory = _ => Serve };
        verb.AcceptOnlyFromAmong(Serve, "dev");
        var settings = SettingOptions.Of(Mode.Production);
        var show = new Command("show", "Show every setting in force, and where it comes from. What is secret is not shown.") { json, verb };
        settings.AddTo(show);
        show.SetAction(parsed =>
        {
            var found = settings.InForce(parsed, parsed.GetValue(verb) == Serve ? Mode.Production : Mode.Development);
            Console.Out.Write(parsed.GetValue(json) ? AsJson(found) : AsText(found));
            return 0;
        });
        return new Command("config", "What the settings are.") { show };
    }

    private static string AsJson(SettingsInForce settings) => JsonSerializer.Serialize(
        Setting.All.Select(one => new { name = one.Name, value = one.Show(settings.Options), source = Word(settings.SourceOf(one)) }), Json) + "\n";

    private static string AsText(SettingsInForce settings)
    {
        var width = Setting.All.Max(one => one.Name.Length);
        return string.Concat(Setting.All.Select(one => $"{one.Name.PadRight(width)}  {Word(settings.SourceOf(one)),-12}  {one.Show(settings.Options)}".TrimEnd() + "\n"));
    }

    private static string Word(SettingSource source) => source switch
    {
        SettingSource.File => "file",
        SettingSource.Environment => "environment",
        SettingSource.CommandLine => "command line",
        _ => "default",
    };
}
