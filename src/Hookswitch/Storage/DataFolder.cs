namespace Hookswitch.Storage;

/// <summary>The folder of one server: its store and its keys. Held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _temporary;

    private DataFolder(string path, FileStream @lock, bool temporary) => (Path, _lock, _temporary) = (path, @lock, temporary);

    public string Path { get; }

    /// <exception cref="UsageException">Another process holds the folder, or it cannot be written.</exception>
    public static DataFolder Open(string path) => Open(path, temporary: false);

    /// <summary>A folder that is deleted when it is closed.</summary>
    public static DataFolder OpenTemporary() => Open(Directory.CreateTempSubdirectory("hookswitch-").FullName, temporary: true);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static DataFolder Open(string path, bool temporary)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The data folder {path} cannot be made: {e.Message} Pass another one with --data.");
        }

        try
        {
            var file = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, file, temporary);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UsageException($"The data folder {path} cannot be written: {e.Message} Pass another one with --data.");
        }
        catch (IOException)
        {
            throw new UsageException(
                $"The data folder {path} is in use by another Hookswitch. Stop that one, or pass another folder with --data.");
        }
    }
}
