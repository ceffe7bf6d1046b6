using Hookswitch.Media;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>What bots had recorded opens with its key alone, and is gone after an hour.</summary>
public sealed class RecordingShelfTests : IDisposable
{
    private static readonly short[] Answer = Sounds.Noise(21);
    private readonly DataFolder _data = DataFolder.OpenTemporary();
    private readonly ManualTime _time = new();
    private readonly Guid _operation = Guid.NewGuid();
    private readonly Guid _key = Guid.NewGuid();

    private string Folder => _data.File("recordings");

    public void Dispose() => _data.Dispose();

    [Fact]
    public void It_opens_with_its_key_alone()
    {
        using var shelf = new RecordingShelf(_data, _time);
        shelf.Put(_operation, _key, Answer);
        var another = Guid.NewGuid();
        shelf.Put(another, Guid.NewGuid(), Sounds.Noise(22));

        Assert.Equal(Answer, Open(shelf, _key));
        Assert.Null(Open(shelf, Guid.NewGuid()));
        Assert.Null(Open(shelf, _operation));
        Assert.Null(Open(shelf, Guid.Empty));
        Assert.Null(shelf.Open(another, _key));
        Assert.Null(shelf.Open(Guid.NewGuid(), _key));
    }

    [Fact]
    public void The_key_is_not_in_the_folder()
    {
        using var shelf = new RecordingShelf(_data, _time);
        shelf.Put(_operation, _key, Answer);

        var files = System.IO.Directory.GetFiles(Folder);

        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(_key.ToByteArray())));
    }

    [Fact]
    public void It_is_gone_after_an_hour()
    {
        using var shelf = new RecordingShelf(_data, _time);
        shelf.Put(_operation, _key, Answer);

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(Answer, Open(shelf, _key));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Open(shelf, _key));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(System.IO.Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_server_that_was_stopped_meanwhile_keeps_it_as_long()
    {
        using (var shelf = new RecordingShelf(_data, _time))
        {
            shelf.Put(_operation, _key, Answer);
        }

        _time.Advance(TimeSpan.FromMinutes(59));
        using (var shelf = new RecordingShelf(_data, _time))
        {
            Assert.Equal(Answer, Open(shelf, _key));
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        using (var shelf = new RecordingShelf(_data, _time))
        {
            Assert.Null(Open(shelf, _key));
            Assert.Empty(System.IO.Directory.GetFiles(Folder));
        }
    }

    [Fact]
    public void What_was_half_written_is_removed_when_the_server_starts()
    {
        using (var shelf = new RecordingShelf(_data, _time))
        {
            shelf.Put(_operation, _key, Answer);
        }

        File.WriteAllBytes(Path.Combine(Folder, $"{Guid.NewGuid()}.part"), [1, 2, 3]);
        using (var shelf = new RecordingShelf(_data, _time))
        {
            Assert.Empty(System.IO.Directory.GetFiles(Folder, "*.part"));
            Assert.Equal(Answer, Open(shelf, _key));
        }
    }

    private short[]? Open(RecordingShelf shelf, Guid key)
    {
        using var file = shelf.Open(_operation, key);
        if (file is null)
        {
            return null;
        }

        var wav = new MemoryStream();
        file.CopyTo(wav);
        return WavFile.Read(wav.ToArray());
    }
}
