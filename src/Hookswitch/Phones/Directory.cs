using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Phones;

/// <summary>
/// Whom the server knows: applications, users and numbers. Begins with the directory file; what is changed over the control API is kept
/// in the data folder. In development a user or an application that nobody registered is there as well, with its defaults.
/// </summary>
internal sealed class Directory
{
    /// <summary>The tenant of everyone of whom no other is known.</summary>
    public const string DevelopmentTenant = "d0000000-0000-4000-8000-000000000001";

    private readonly string _changes;
    private readonly DirectoryContent _initial;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<AppId, Application> _applications = new();
    private readonly ConcurrentDictionary<string, User> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Number> _numbers = new(StringComparer.Ordinal);

    private Directory(string changes, DirectoryContent initial) => (_changes, _initial) = (changes, initial);

    public IReadOnlyList<Application> Applications => [.. _applications.Values.OrderBy(one => one.Id.Value, StringComparer.Ordinal)];

    public IReadOnlyList<User> Users => [.. _users.Values.OrderBy(one => one.Id, StringComparer.Ordinal)];

    public IReadOnlyList<Number> Numbers => [.. _numbers.Values.OrderBy(one => one.Id, StringComparer.Ordinal)];

    /// <param name="file">What people wrote; null: nobody is registered to begin with.</param>
    /// <exception cref="UsageException">A file is no directory.</exception>
    public static Directory Open(DataFolder folder, string? file)
    {
        var initial = file is null ? new DirectoryContent() : ReadFile(file);
        var directory = new Directory(folder.File("directory.json"), initial);
        directory.Add(initial, file ?? "");
        if (File.Exists(directory._changes))
        {
            directory.Add(ReadFile(directory._changes), directory._changes);
        }

        return directory;
    }

    public Application? FindApplication(AppId id) => _applications.GetValueOrDefault(id);

    /// <summary>The application of that id: as registered, or with the defaults of development.</summary>
    public Application ApplicationOrDefault(AppId id) =>
        FindApplication(id) ?? DirectoryReading.Application(new ApplicationEntry { Id = id.Value }, DevelopmentTenant);

    public User? FindUser(string id) => _users.GetValueOrDefault(id);

    public User UserOrDefault(string id) => FindUser(id) ?? new User(id, DisplayName: null, DevelopmentTenant, [Phone.Default]);

    public Number? FindNumber(string id) => _numbers.GetValueOrDefault(id);

    public void Put(Application application) => Change(() => _applications[application.Id] = application);

    public void Put(User user) => Change(() => _users[user.Id] = user);

    public void Put(Number number) => Change(() => _numbers[number.Id] = number);

    public bool RemoveApplication(AppId id) => Change(() => _applications.TryRemove(id, out _));

    public bool RemoveUser(string id) => Change(() => _users.TryRemove(id, out _));

    public bool RemoveNumber(string id) => Change(() => _numbers.TryRemove(id, out _));

    /// <summary>Back to the directory file.</summary>
    public void Reset()
    {
        lock (_writing)
        {
            _applications.Clear();
            _users.Clear();
            _numbers.Clear();
            Add(_initial, "");
            File.Delete(_changes);
        }
    }

    private static DirectoryContent ReadFile(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<DirectoryContent>(File.ReadAllBytes(file), DirectoryContent.Json) ?? new DirectoryContent();
        }
        catch (JsonException e)
        {
            throw new UsageException($"The directory file {file} cannot be read at line {e.LineNumber + 1}, member {e.Path}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The directory file {file} cannot be opened: {e.Message}");
        }
    }

    private void Add(DirectoryContent content, string file)
    {
        Each(content.Applications, "applications", entry => Add(DirectoryReading.Application(entry, DevelopmentTenant)));
        Each(content.Users, "users", entry => Add(DirectoryReading.User(entry, DevelopmentTenant)));
        Each(content.Numbers, "numbers", entry => Add(DirectoryReading.Number(entry)));

        void Each<T>(IReadOnlyList<T> entries, string name, Action<T> add)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                try
                {
                    add(entries[i]);
                }
                catch (DirectoryEntryException e)
                {
                    throw new UsageException($"The directory file {file} is wrong at {name}[{i}]: {e.Message}");
                }
            }
        }
    }

    private void Add(Application application) => _applications[application.Id] = application;

    private void Add(User user) => _users[user.Id] = user;

    private void Add(Number number) => _numbers[number.Id] = number;

    private T Change<T>(Func<T> change)
    {
        lock (_writing)
        {
            var result = change();
            Save();
            return result;
        }
    }

    // Written beside and moved into place: a crash leaves the old file or the new one.
    private void Save()
    {
        var content = new DirectoryContent
        {
            Applications = [.. Applications.Select(DirectoryReading.Entry)],
            Users = [.. Users.Select(DirectoryReading.Entry)],
            Numbers = [.. Numbers.Select(DirectoryReading.Entry)],
        };
        var draft = _changes + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(content, DirectoryContent.Json));
        File.Move(draft, _changes, overwrite: true);
    }
}
