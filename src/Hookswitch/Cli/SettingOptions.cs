using System.CommandLine;

namespace Hookswitch.Cli;

/// <summary>Settings as options of a command: all of them and the file, or those that are named.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string?>? _file;
    private readonly Option<string?>[] _options;

    public SettingOptions()
        : this([.. Setting.All.Select(setting => setting.Name)]) => _file = new Option<string?>("--settings")
        {
            HelpName = "FILE",
            Description = "A JSON file with settings, named as the options are: {\"timeouts\":{\"ring\":\"PT30S\"}}.",
        };

    public SettingOptions(params string[] names)
    {
        var defaults = new ServerOptions();
        _options = [.. Setting.All.Where(setting => names.Contains(setting.Name)).Select(setting => new Option<string?>($"--{setting.Name}")
        {
            HelpName = setting.Argument,
            Description = setting.Show(defaults) is { Length: > 0 } value ? $"{setting.Meaning} [{value}]" : setting.Meaning,
        })];
    }

    public void AddTo(Command command)
    {
        if (_file is not null)
        {
            command.Add(_file);
        }

        Array.ForEach(_options, command.Add);
    }

    /// <exception cref="UsageException">A setting is unknown, or its value makes no sense.</exception>
    public ServerOptions Read(ParseResult parsed)
    {
        var given = from option in _options
                    let value = parsed.GetValue(option)
                    where value is not null
                    select KeyValuePair.Create(option.Name[2..], value);
        return Setting.Load(_file is null ? null : parsed.GetValue(_file), new Dictionary<string, string>(given));
    }
}
