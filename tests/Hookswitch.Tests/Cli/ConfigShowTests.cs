using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Cli;

/// <summary><c>hookswitch config show</c>: what is in force, and where it comes from.</summary>
public sealed class ConfigShowTests
{
    [Fact]
    public async Task The_settings_in_force_are_shown_with_where_they_come_from_and_without_secrets()
    {
        using var folder = new ProductionFolder();
        var settings = Path.Combine(folder.Data, "settings.json");
        await File.WriteAllTextAsync(settings, $$$"""{"timeouts":{"ring":"PT5S"},"control":{"key":"{{{ProductionFolder.ControlKey}}}"}}""");

        var (exit, text, _) = await ServerProcess.Run("config", "show", "--settings", settings, "--network.ports", "443;8443");
        var (_, json, _) = await ServerProcess.Run("config", "show", "--json", "--for", "dev", "--settings", settings);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();

        Assert.Equal(0, exit);
        Assert.Equal(Setting.All.Select(one => one.Name), rows.Select(row => row[0]));
        Assert.Contains(rows, row => row is ["timeouts.ring", "file", "PT5S"]);
        Assert.Contains(rows, row => row is ["control.key", "file", "(set)"]);
        Assert.Contains(rows, row => row is ["network.ports", "command line", "443;8443"]);
        Assert.Contains(rows, row => row is ["limits.requests", "default", "130000"]);
        Assert.Contains("""
                "name": "limits.requests",
                "value": "0",
                "source": "default"
            """, json, StringComparison.Ordinal);
        Assert.DoesNotContain(ProductionFolder.ControlKey, text + json, StringComparison.Ordinal);
    }

    /// <summary>One name on the command line, in the environment and in the file. The key and the file that holds it exclude each other.</summary>
    [Theory]
    [InlineData(Setting.ControlKeyName)]
    [InlineData(Setting.ControlKeyFileName)]
    public async Task Every_setting_has_one_name_in_all_three_ways(string without)
    {
        using var folder = new ProductionFolder();
        var values = Setting.All.Where(one => one.Name != without).ToDictionary(one => one.Name, one => Sample(one, folder.KeyFile));
        var file = Path.Combine(folder.Data, "settings.json");
        await File.WriteAllTextAsync(file, Nested(values).ToJsonString());

        var fromFile = await Shown([], "--settings", file);
        var fromEnvironment = await Shown(values.ToDictionary(one => Setting.EnvironmentPrefix + one.Key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant(), one => one.Value));
        var fromCommandLine = await Shown([], [.. values.SelectMany(one => new[] { $"--{one.Key}", one.Value })]);

        Assert.Equal(values.Keys.Select(name => (name, "file")), Set(fromFile));
        Assert.Equal(values.Keys.Select(name => (name, "environment")), Set(fromEnvironment));
        Assert.Equal(values.Keys.Select(name => (name, "command line")), Set(fromCommandLine));
        Assert.Equal(Values(fromFile), Values(fromEnvironment));
        Assert.Equal(Values(fromFile), Values(fromCommandLine));
        Assert.All(Setting.All.Where(one => one.Name != without && one.Argument is not ("KEY" or "URI")), one => Assert.Contains((one.Name, values[one.Name]), Values(fromFile)));
    }

    [Fact]
    public async Task The_standard_variables_name_the_collector_unless_a_setting_does()
    {
        var standard = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };

        var shown = await Shown(standard);
        var overruled = await Shown(standard, "--telemetry.endpoint", "http://127.0.0.1:1");

        Assert.Equal([("telemetry.endpoint", "environment"), ("telemetry.protocol", "environment")], Set(shown));
        Assert.Contains(("telemetry.endpoint", "http://127.0.0.1:4318/"), Values(shown));
        Assert.Contains(("telemetry.protocol", "http"), Values(shown));
        Assert.Contains(("telemetry.endpoint", "http://127.0.0.1:1/"), Values(overruled));
    }

    private static string Sample(Setting setting, string keyFile) => (setting.Name, setting.Argument) switch
    {
        (Setting.ControlKeyFileName, _) => keyFile,
        ("network.allow", _) => "10.0.0.0/8;fd12::/32",
        ("network.ports", _) => "443;8443",
        (_, "URLS") => "http://127.0.0.1:1;https://127.0.0.1:2",
        (_, "DIR" or "FILE") => Path.Combine(Path.GetTempPath(), setting.Name),
        (_, "KIND") => "manual",
        (_, "DURATION") => "PT7S",
        (_, "NAME") => "UsGovL4",
        (_, "PROTOCOL") => "http",
        (_, "FORMAT") => "json",
        (_, "LEVEL") => "warning",
        (_, "URI") => "https://login.example/realm",
        (_, "LIST") => "one;two",
        (_, "BOOL") => "true",
        (_, "COUNT") => "7",
        _ => ProductionFolder.ControlKey,
    };

    private static JsonObject Nested(Dictionary<string, string> values)
    {
        var root = new JsonObject();
        foreach (var (name, value) in values)
        {
            if (name.Split('.') is [var group, var member])
            {
                root.TryAdd(group, new JsonObject());
                root[group]![member] = value;
            }
            else
            {
                root[name] = value;
            }
        }

        return root;
    }

    private static async Task<JsonArray> Shown(Dictionary<string, string> environment, params string[] arguments)
    {
        var (exit, output, error) = await ServerProcess.Run(environment, ["config", "show", "--json", .. arguments]);
        Assert.True(exit == 0, error);
        return JsonNode.Parse(output)!.AsArray();
    }

    private static IEnumerable<(string, string)> Set(JsonArray shown) =>
        from one in shown where (string)one!["source"]! != "default" select ((string)one!["name"]!, (string)one["source"]!);

    private static IEnumerable<(string, string)> Values(JsonArray shown) => shown.Select(one => ((string)one!["name"]!, (string)one["value"]!));
}
