using Hookswitch.Calling;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Reads and changes the directory. What changes touches later calls alone: live ones keep what they were created with.</summary>
internal static class DirectoryControl
{
    public static void MapDirectory(this IEndpointRouteBuilder control)
    {
        control.MapEntries<ApplicationEntry>(
            "application",
            directory => directory.Applications.Select(Shown),
            (directory, id) => directory.FindApplication(new AppId(id)) is { } found ? Shown(found) : null,
            (directory, id, entry) =>
            {
                var application = DirectoryReading.Application(entry with { Id = Same(id, entry.Id) }, Directory.DevelopmentTenant);
                directory.Put(application);
                return Shown(application);
            },
            (directory, id) => directory.RemoveApplication(new AppId(id)));
        control.MapEntries<UserEntry>(
            "user",
            directory => directory.Users.Select(DirectoryReading.Entry),
            (directory, id) => directory.FindUser(id) is { } found ? DirectoryReading.Entry(found) : null,
            (directory, id, entry) =>
            {
                var user = DirectoryReading.User(entry with { Id = Same(id, entry.Id) }, Directory.DevelopmentTenant);
                directory.Put(user);
                return DirectoryReading.Entry(user);
            },
            (directory, id) => directory.RemoveUser(id));
        control.MapEntries<NumberEntry>(
            "number",
            directory => directory.Numbers.Select(DirectoryReading.Entry),
            (directory, id) => directory.FindNumber(id) is { } found ? DirectoryReading.Entry(found) : null,
            (directory, id, entry) =>
            {
                var number = DirectoryReading.Number(entry with { Id = Same(id, entry.Id) });
                directory.Put(number);
                return DirectoryReading.Entry(number);
            },
            (directory, id) => directory.RemoveNumber(id));
    }

    private static void MapEntries<T>(
        this IEndpointRouteBuilder control, string kind, Func<Directory, IEnumerable<T>> list, Func<Directory, string, T?> find,
        Func<Directory, string, T, T> put, Func<Directory, string, bool> remove)
        where T : class, new()
    {
        var path = $"/{kind}s";
        control.MapGet(path, (Directory directory) => Json(list(directory)));
        control.MapGet(path + "/{id}", (string id, Directory directory) => find(directory, id) is { } found ? Json(found) : Unknown(id));
        control.MapPut(path + "/{id}", (string id, HttpRequest request, Directory directory) =>
            ControlBody.Read<T>(request, entry => Task.FromResult(Json(put(directory, id, entry)))));
        control.MapDelete(path + "/{id}", (string id, Directory directory) => remove(directory, id) ? TypedResults.NoContent() : Unknown(id));

        IResult Unknown(string id) => ControlProblem.Of(404, $"No {kind} '{id}' is registered.");
    }

    // A secret is never shown, nor what is kept of it.
    private static ApplicationEntry Shown(Application application) => DirectoryReading.Entry(application) with { SecretHash = null };

    private static string Same(string path, string? body) => body is null || body.Equals(path, StringComparison.OrdinalIgnoreCase)
        ? path
        : throw new DirectoryEntryException("id", $"must be '{path}', as in the address, or be left out");

    private static IResult Json<T>(T value) => TypedResults.Json(value, DirectoryContent.Json);
}
