using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Reads and changes the directory. What changes touches later calls alone: live ones keep what they were created with.</summary>
internal static class DirectoryControl
{
    public static void MapDirectory(this IEndpointRouteBuilder control)
    {
        var guard = control.ServiceProvider.GetRequiredService<AddressGuard>();
        control.MapEntries(
            "application", directory => directory.Applications, (directory, id) => directory.FindApplication(new AppId(id)),
            (ApplicationEntry entry, string id) => DirectoryReading.Application(entry with { Id = Same(id, entry.Id) }, Directory.DevelopmentTenant, guard),
            (directory, application) => directory.Put(application), (directory, id) => directory.RemoveApplication(new AppId(id)), Shown);
        control.MapEntries(
            "user", directory => directory.Users, (directory, id) => directory.FindUser(id),
            (UserEntry entry, string id) => DirectoryReading.User(entry with { Id = Same(id, entry.Id) }, Directory.DevelopmentTenant),
            (directory, user) => directory.Put(user), (directory, id) => directory.RemoveUser(id), DirectoryReading.Entry);
        control.MapEntries(
            "number", directory => directory.Numbers, (directory, id) => directory.FindNumber(id),
            (NumberEntry entry, string id) => DirectoryReading.Number(entry with { Id = Same(id, entry.Id) }),
            (directory, number) => directory.Put(number), (directory, id) => directory.RemoveNumber(id), DirectoryReading.Entry);
        control.MapEntries(
            "applicationInstance", directory => directory.ApplicationInstances, (directory, id) => directory.FindApplicationInstance(id),
            (ApplicationInstanceEntry entry, string id) => DirectoryReading.ApplicationInstance(entry with { Id = Same(id, entry.Id) }),
            (directory, instance) => directory.Put(instance), (directory, id) => directory.RemoveApplicationInstance(id), DirectoryReading.Entry);
        control.MapEntries(
            "meeting", directory => directory.Meetings, (directory, id) => directory.FindMeeting(id),
            (MeetingEntry entry, string id) => MeetingReading.Meeting(entry with { Id = Same(id, entry.Id) }, Directory.DevelopmentTenant),
            (directory, meeting) => directory.Put(meeting), (directory, id) => directory.RemoveMeeting(id), Shown);
    }

    private static void MapEntries<TEntry, T>(
        this IEndpointRouteBuilder control, string kind, Func<Directory, IEnumerable<T>> list, Func<Directory, string, T?> find,
        Func<TEntry, string, T> read, Action<Directory, T> put, Func<Directory, string, bool> remove, Func<T, TEntry> show)
        where TEntry : class, new()
        where T : class
    {
        var path = $"/{kind}s";
        control.MapGet(path, (Directory directory) => Json(list(directory).Select(show)));
        control.MapGet(path + "/{id}", (string id, Directory directory) => find(directory, id) is { } found ? Json(show(found)) : Unknown(id));
        control.MapPut(path + "/{id}", (string id, HttpRequest request, Directory directory) => ControlBody.Read<TEntry>(request, entry =>
        {
            var one = read(entry, id);
            put(directory, one);
            return Task.FromResult(Json(show(one)));
        }));
        control.MapDelete(path + "/{id}", (string id, Directory directory) => remove(directory, id) ? TypedResults.NoContent() : Unknown(id));

        IResult Unknown(string id) => ControlProblem.Of(404, $"No {kind} '{id}' is registered.");
    }

    // A secret is never shown, nor what is kept of it.
    private static ApplicationEntry Shown(Application application) => DirectoryReading.Entry(application) with { SecretHash = null };

    // With the link that a bot is given.
    private static MeetingEntry Shown(Meeting meeting) => MeetingReading.Entry(meeting) with { JoinUrl = meeting.JoinUrl };

    private static string Same(string path, string? body) => body is null || body.Equals(path, StringComparison.OrdinalIgnoreCase)
        ? path
        : throw new DirectoryEntryException("id", $"must be '{path}', as in the address, or be left out");

    private static IResult Json<T>(T value) => TypedResults.Json(value, DirectoryContent.Json);
}
