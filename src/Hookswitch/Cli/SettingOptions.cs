using System.CommandLine;

namespace Hookswitch.Cli;

/// <summary>Settings as options of a command: all of them and the file, or those that are named.</summary>
internal sealed class SettingOptions
{
    private readonly Mode _mode;
    private Option<string?>? _file;
    private readonly Option<string?>[] _options;

    private SettingOptions(Mode mode, IEnumerable<string> names)
    {
        _mode = mode;
        var defaults = ServerOptions.Of(mode);
        _options = [.. Setting.All.Where(setting => names.Contains(setting.Name)).Select(setting => new Option<string?>($"--{setting.Name}")
        {
            HelpName = setting.Argument,
            Description = setting.Show(defaults) is { Length: > 0 } value ? $"{setting.Meaning} [{value}]" : setting.Meaning,
        })];
    }

    /// <summary>Those that are named.</summary>
    public SettingOptions(params string[] names)
        : this(Mode.Development, names)
    {
    }

    /// <summary>All, with the defaults of a mode.</summary>
    public static SettingOptions Of(Mode mode) => new(mode, Setting.All.Select(setting => setting.Name))
    {
        _file = new Option<string?>("--settings")
        {
            HelpName = "FILE",
            Description = "A JSON file with settings, named as the options are: {\"timeouts\":{\"ring\":\"PT30S\"}}.",
        },
    };

    public void AddTo(Command command)
    {
        if (_file is not null)
        {
            command.Add(_file);
        }

        Array.ForEach(_options, command.Add);
    }

    /// <exception cref="UsageException">A setting is unknown, or its value makes no sense.</exception>
    public ServerOptions Read(ParseResult parsed) => InForce(parsed, _mode).Options;

    /// <summary>The same, with where each comes from.</summary>
    /// <inheritdoc cref="Read"/>
    public SettingsInForce InForce(ParseResult parsed, Mode mode)
    {
        var given = from option in _options
                    let value = parsed.GetValue(option)
                    where value is not null
                    select KeyValuePair.Create(option.Name[2..], value);
        return SettingsInForce.Load(_file is null ? null : parsed.GetValue(_file), new Dictionary<string, string>(given), mode);
    }
}
