using System.Globalization;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Storage;

namespace Hookswitch.Phones;

/// <summary>
/// Whom the server knows: applications, users, numbers and meetings. Begins with the directory file; what is changed over the control API is laid
/// over it, and kept in the data folder. In development whoever nobody registered is there as well, with defaults.
/// </summary>
internal sealed class Directory
{
    /// <summary>The tenant of everyone of whom no other is known.</summary>
    public const string DevelopmentTenant = "d0000000-0000-4000-8000-000000000001";

    /// <summary>An application that anyone may be, in development. There any other client id and secret will do as well.</summary>
    public const string DevelopmentApplication = "d0000000-0000-4000-8000-000000000002";

    public const string DevelopmentSecret = "development-secret";

    /// <summary>What was changed over the control API, in the data folder.</summary>
    public const string ChangesFile = "directory.json";

    /// <summary>What the numbers of provisioned resource accounts begin with. No country has the code 888.</summary>
    private const string InstanceNumbers = "+8880";

    private readonly string _changes;
    private readonly Mode _mode;
    private readonly AddressGuard _guard;
    private readonly Lock _writing = new();
    private readonly Shelf<Application> _applications = new(one => one.Id.Value);
    private readonly Shelf<User> _users = new(one => one.Id);
    private readonly Shelf<Number> _numbers = new(one => one.Id);
    private readonly Shelf<ApplicationInstance> _instances = new(one => one.Id);
    private readonly MeetingShelf _meetings = new();
    private IReadOnlyList<string> _routes = [];

    private Directory(string changes, Mode mode, AddressGuard guard) => (_changes, _mode, _guard) = (changes, mode, guard);

    public IReadOnlyList<Application> Applications => _applications.All;

    public IReadOnlyList<User> Users => _users.All;

    public IReadOnlyList<Number> Numbers => _numbers.All;

    public IReadOnlyList<ApplicationInstance> ApplicationInstances => _instances.All;

    public IReadOnlyList<Meeting> Meetings => [.. _meetings.All.Select(Named)];

    /// <param name="file">What people wrote; null: nobody is registered to begin with.</param>
    /// <exception cref="UsageException">A file is no directory.</exception>
    public static Directory Open(DataFolder folder, string? file, Mode mode, AddressGuard guard)
    {
        var directory = new Directory(folder.File(ChangesFile), mode, guard);
        if (file is not null)
        {
            directory.Read(file, ofPeople: true);
        }

        if (File.Exists(directory._changes))
        {
            directory.Read(directory._changes, ofPeople: false);
        }

        return directory;
    }

    public Application? FindApplication(AppId id) => _applications.Find(id.Value);

    /// <summary>Whether an application may be there at all.</summary>
    public bool Knows(AppId id) => _mode == Mode.Development || FindApplication(id) is not null;

    /// <summary>Whether a token is given out for that secret. An application that was registered without one takes any, in development.</summary>
    public bool Admits(Application application, string secret) => application.Secret?.Matches(secret) ?? _mode == Mode.Development;

    /// <summary>The application of that id: as registered, or with the defaults of development.</summary>
    public Application ApplicationOrDefault(AppId id) =>
        FindApplication(id) ?? new Application(
            id, DevelopmentTenant, Secret: null, [.. Permissions.ByRole.Values], Callback: null, NotificationStyle.Documented, QuotedCodes: false, DisplayName: null);

    public User? FindUser(string id) => _users.Find(id);

    /// <summary>The user of that id: as registered, or with the defaults of development. Null: in production nobody registered one.</summary>
    public User? UserOrDefault(string id) => FindUser(id)
        ?? (_mode == Mode.Development ? new User(id, DisplayName: null, DevelopmentTenant, Line.Default, AllowsPrivateCalls: true) : null);

    public Number? FindNumber(string id) => _numbers.Find(id);

    public ApplicationInstance? FindApplicationInstance(string id) => _instances.Find(id);

    /// <summary>The resource account that is called under that number.</summary>
    public ApplicationInstance? FindApplicationInstanceByNumber(string number) => _instances.All.FirstOrDefault(one => one.Number == number);

    /// <summary>Whether an application may call as that resource account. In development one that nobody registered is anyone's.</summary>
    public bool MayCallAs(string instance, AppId application) =>
        FindApplicationInstance(instance) is { } known ? known.Application == application : _mode == Mode.Development;

    /// <summary>The resource account of that id; one that nobody registered is made for whoever first calls as it.</summary>
    public ApplicationInstance Provision(string id, AppId application, string? displayName) =>
        FindApplicationInstance(id) ?? Change(() => _instances.Put(new ApplicationInstance(id, application, NewNumber(), displayName)));

    /// <summary>Whether the telephone network is asked for that number.</summary>
    public bool HasRoute(string number) => _routes.Any(route => number.StartsWith(route, StringComparison.Ordinal));

    public Meeting? FindMeeting(string id) => _meetings.Find(id) is { } meeting ? Named(meeting) : null;

    /// <summary>The meeting at that place; with the room, where the place is one of its rooms.</summary>
    public (Meeting Meeting, Room? Room)? FindMeetingByThread(string tenant, string threadId, string messageId) =>
        _meetings.FindByThread(new MeetingThread(tenant, threadId, messageId)) is var (meeting, room) ? (Named(meeting), room) : null;

    /// <summary>The meeting that people join by typing that number, however they set it in groups.</summary>
    public Meeting? FindMeetingByJoinId(string joinMeetingId) =>
        _meetings.FindByJoinId(MeetingReading.WithoutSpaces(joinMeetingId)) is { } meeting ? Named(meeting) : null;

    public void Put(Application application) => Change(() => _applications.Put(application));

    public void Put(User user) => Change(() => _users.Put(user));

    public void Put(Number number) => Change(() => _numbers.Put(number));

    public void Put(ApplicationInstance instance) => Change(() => _instances.Put(instance));

    /// <exception cref="DirectoryEntryException">Another meeting is at that place, or has that number.</exception>
    public void Put(Meeting meeting) => Change(() => _meetings.Put(meeting));

    public bool RemoveApplication(AppId id) => Change(() => _applications.Remove(id.Value));

    public bool RemoveUser(string id) => Change(() => _users.Remove(id));

    public bool RemoveNumber(string id) => Change(() => _numbers.Remove(id));

    public bool RemoveApplicationInstance(string id) => Change(() => _instances.Remove(id));

    public bool RemoveMeeting(string id) => Change(() => _meetings.Remove(id));

    /// <summary>Back to the directory file.</summary>
    public void Reset()
    {
        lock (_writing)
        {
            _applications.Reset();
            _users.Reset();
            _numbers.Reset();
            _instances.Reset();
            _meetings.Reset();
            File.Delete(_changes);
        }
    }

    private void Read(string file, bool ofPeople)
    {
        var (text, content) = Parse(file);
        var problems = new List<string>();
        Each(content.Applications, "applications", entry => _applications.Lay(DirectoryReading.Application(entry, DevelopmentTenant, _guard), ofPeople));
        Each(content.Users, "users", entry => _users.Lay(DirectoryReading.User(entry, DevelopmentTenant), ofPeople));
        Each(content.Numbers, "numbers", entry => _numbers.Lay(DirectoryReading.Number(entry), ofPeople));
        Each(content.ApplicationInstances, "applicationInstances", entry => _instances.Lay(DirectoryReading.ApplicationInstance(entry), ofPeople));
        _routes = ofPeople ? content.Routes : _routes;
        _instances.Remove(content.Removed?.ApplicationInstances);
        _applications.Remove(content.Removed?.Applications);
        _users.Remove(content.Removed?.Users);
        _numbers.Remove(content.Removed?.Numbers);
        _meetings.Remove([.. content.Removed?.Meetings ?? [], .. content.Meetings.Select(one => one?.Id)]);
        Each(content.Meetings, "meetings", entry => _meetings.Lay(MeetingReading.Meeting(entry, DevelopmentTenant), ofPeople));
        if (problems.Count > 0)
        {
            throw new UsageException(string.Join('\n', problems));
        }

        void Each<T>(IReadOnlyList<T?> entries, string name, Action<T> lay)
            where T : class
        {
            for (var i = 0; i < entries.Count; i++)
            {
                try
                {
                    lay(entries[i] ?? throw new DirectoryEntryException($"{name}[{i}]", "must not be null"));
                }
                catch (DirectoryEntryException e)
                {
                    problems.Add(
                        $"The directory file {file} is wrong at line {JsonPlace.LineOf(text, name, i)}, in {name}[{i}]: {e.Message}");
                }
            }
        }
    }

    private static (byte[] Text, DirectoryContent Content) Parse(string file)
    {
        try
        {
            var text = File.ReadAllBytes(file);
            return (text, JsonSerializer.Deserialize<DirectoryContent>(text, DirectoryContent.Json) ?? new DirectoryContent());
        }
        catch (JsonException e)
        {
            throw new UsageException($"The directory file {file} cannot be read at line {e.LineNumber + 1}: {DirectoryContent.Explain(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The directory file {file} cannot be opened: {e.Message}");
        }
    }

    private T Change<T>(Func<T> change)
    {
        lock (_writing)
        {
            var result = change();
            Save();
            return result;
        }
    }

    // With the names that its people have now: they are registered apart from it. Who is not registered is of the meeting's tenant.
    private Meeting Named(Meeting meeting)
    {
        return meeting with
        {
            Organizer = meeting.Organizer is { } organizer ? Name(organizer) : null,
            Attendees = [.. meeting.Attendees.Select(one => one with { Identity = Name(one.Identity) })],
        };

        Calling.Identity Name(Calling.Identity one) =>
            one.Kind != IdentityKind.User ? one : FindUser(one.Id)?.Identity ?? one with { Tenant = meeting.Tenant };
    }

    // Of a country code that is nobody's, so that it is never a number that someone has.
    private string NewNumber()
    {
        for (var next = _instances.All.Count + 1; ; next++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{InstanceNumbers}{next:D7}");
            if (FindApplicationInstanceByNumber(number) is null)
            {
                return number;
            }
        }
    }

    private void Save()
    {
        var content = new DirectoryContent
        {
            Applications = [.. _applications.Changed.Select(DirectoryReading.Entry)],
            Users = [.. _users.Changed.Select(DirectoryReading.Entry)],
            Numbers = [.. _numbers.Changed.Select(DirectoryReading.Entry)],
            ApplicationInstances = [.. _instances.Changed.Select(DirectoryReading.Entry)],
            Meetings = [.. _meetings.Changed.Select(MeetingReading.Entry)],
            Removed = new RemovedEntries(_applications.Removed, _users.Removed, _numbers.Removed, _instances.Removed) { Meetings = _meetings.Removed },
        };
        SecretFile.Write(_changes, JsonSerializer.Serialize(content, DirectoryContent.Json));
    }
}
