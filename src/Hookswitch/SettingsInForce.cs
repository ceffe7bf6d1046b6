using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Hookswitch;

/// <summary>Where the value of a setting comes from. The later goes before the earlier.</summary>
internal enum SettingSource
{
    /// <summary>Nobody has set it.</summary>
    Default,

    /// <summary>The file that <c>--settings</c> names.</summary>
    File,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>An option.</summary>
    CommandLine,
}

/// <summary>The settings of a server, and where each of them comes from.</summary>
internal sealed class SettingsInForce
{
    private readonly Dictionary<string, SettingSource> _sources = new(StringComparer.OrdinalIgnoreCase);

    private SettingsInForce(ServerOptions options) => Options = options;

    public ServerOptions Options { get; private set; }

    /// <summary>Reads all settings.</summary>
    /// <param name="file">A JSON file; null: none.</param>
    /// <param name="commandLine">Values by name.</param>
    /// <param name="mode">Whose defaults hold.</param>
    /// <exception cref="UsageException">A setting is unknown, or its value makes no sense.</exception>
    public static SettingsInForce Load(string? file, IReadOnlyDictionary<string, string> commandLine, Mode mode = Mode.Development)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        builder.Add(new StandardVariables());
        builder.AddEnvironmentVariables(Setting.EnvironmentPrefix);
        builder.AddInMemoryCollection(commandLine.Select(one => KeyValuePair.Create(KeyOf(one.Key), (string?)one.Value)));
        try
        {
            var settings = new SettingsInForce(ServerOptions.Of(mode));
            settings.Read(builder.Build());
            settings.Check(file);
            return settings;
        }
        catch (Exception e) when (e is FileNotFoundException or InvalidDataException or FormatException)
        {
            throw new UsageException($"The settings in {file} cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
    }

    public SettingSource SourceOf(Setting setting) => _sources.GetValueOrDefault(setting.Name);

    private void Read(IConfigurationRoot configuration)
    {
        var known = Setting.All.ToDictionary(setting => KeyOf(setting.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable().Where(one => !string.IsNullOrEmpty(one.Value)))
        {
            if (!known.TryGetValue(key, out var setting))
            {
                throw new UsageException($"There is no setting '{key.Replace(':', '.')}'. hookswitch dev --help lists them.");
            }

            try
            {
                Options = setting.Apply(Options, value!);
                _sources[setting.Name] = SourceOf(configuration, key);
            }
            catch (FormatException e)
            {
                throw new UsageException($"The setting {setting.Name} cannot be {setting.Quote(value!)}: {e.Message}");
            }
        }
    }

    private void Check(string? file)
    {
        if (_sources.ContainsKey(Setting.ControlKeyName) && _sources.ContainsKey(Setting.ControlKeyFileName))
        {
            throw new UsageException($"The settings {Setting.ControlKeyName} and {Setting.ControlKeyFileName} are both set: name the key in one place.");
        }

        if (_sources.GetValueOrDefault(Setting.ControlKeyName) == SettingSource.File)
        {
            Options = Options with { SettingsWithSecret = Path.GetFullPath(file!) };
        }
    }

    private static SettingSource SourceOf(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Last(provider => provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value)) switch
        {
            JsonConfigurationProvider => SettingSource.File,
            EnvironmentVariablesConfigurationProvider => SettingSource.Environment,
            _ => SettingSource.CommandLine,
        };

    private static string KeyOf(string name) => name.Replace('.', ':');

    /// <summary>The variables that say the same to every program that exports telemetry. OpenTelemetry, OTLP exporter specification.</summary>
    private sealed class StandardVariables : EnvironmentVariablesConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load()
        {
            Take("OTEL_EXPORTER_OTLP_ENDPOINT", Setting.TelemetryEndpointName);
            Take("OTEL_EXPORTER_OTLP_PROTOCOL", Setting.TelemetryProtocolName);
        }

        // What is not set must not hide what a file says.
        private void Take(string variable, string setting)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                Set(KeyOf(setting), value);
            }
        }
    }
}
