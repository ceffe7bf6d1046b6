using System.Collections.Immutable;
using System.Diagnostics;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>Makes ready what is to be played, and keeps what was recorded.</summary>
internal sealed partial class MediaLoader(
    PromptStore prompts, SoundShelf sounds, RecordingShelf recordings, MediaSockets sockets, ILogger<MediaLoader> logger)
{
    /// <summary>Of one key. ITU-T Q.24 asks for 40 ms; telephones are slower.</summary>
    private static readonly TimeSpan ToneLength = TimeSpan.FromMilliseconds(160);

    /// <summary>Of all files of one operation: ten minutes.</summary>
    private const long MaxSamples = 10 * 60 * Pcm.SampleRate;

    private const string TooMuch = "The prompts of the operation are longer than ten minutes together.";

    /// <summary>What phones say by that name; null: there is none.</summary>
    public short[]? Find(string sound) => sounds.Find(sound);

    /// <summary>The connection to the bot of a leg, once it has begun; null: it needs none.</summary>
    public MediaSocket? Connect(ConversationId id, Leg leg) => sockets.Open(id, leg);

    /// <summary>What bots said they would play is fetched.</summary>
    public void Prefetch(ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var leg in events.Select(Began).OfType<LegId>().Select(after.Find))
        {
            if (leg is { Bot: { Media: ServiceHostedMedia { Prefetch: { IsEmpty: false } files } } bot })
            {
                prompts.Prefetch(bot.Application, files);
            }
        }
    }

    /// <summary>Makes a party's sound ready, and hands it over if it is still wanted.</summary>
    /// <returns>What became of the operation; null: it has begun.</returns>
    public async Task<Finished?> Do(MediaRoom room, MediaJob job)
    {
        if (job.Told is { } told)
        {
            return told;
        }

        var application = room.With(parties => parties.Find(job.Leg)?.Leg.Bot?.Application);
        return application is not { } owner ? null // it is gone
            : job.Operation.Work is HoldMusicWork music ? await Hold(room, job, owner, music)
            : await Begin(room, job, owner);
    }

    /// <summary>Keeps what was recorded, where it can be fetched.</summary>
    public Finished Keep(Finished finished)
    {
        if (finished.Recording is not { Result: not MediaResult.InitialSilence } recording)
        {
            return finished;
        }

        try
        {
            recordings.Put(finished.Operation, recording.Key, recording.Recorded);
            return finished;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(e, finished.Operation);
            return finished with { Result = MediaResult.Failed, Detail = "The recording could not be written." };
        }
    }

    private async Task<Finished?> Begin(MediaRoom room, MediaJob job, AppId owner)
    {
        var ready = await Ready(job.Operation.Work!, owner);
        if (ready.Failure is { } failure)
        {
            return Failed(job, failure);
        }

        return room.With(parties =>
        {
            if (parties.Find(job.For) is { } party && party.Turn == job.Operation.Id)
            {
                party.Task = ready.Task;
            }

            return (Finished?)null;
        });
    }

    // Who holds it is told once the music is heard.
    private async Task<Finished?> Hold(MediaRoom room, MediaJob job, AppId owner, HoldMusicWork work)
    {
        var music = work.Music is { } file ? await Fetch(owner, [new Prompt(file)]) : new Fetched([HoldMusic.Samples], Failure: null);
        if (music.Failure is { } failure)
        {
            return Failed(job, failure);
        }

        return room.With(parties =>
        {
            if (parties.Find(job.For) is not { } party || party.MusicOf != job.Operation.Id)
            {
                return null; // nobody is to hear it any longer
            }

            party.Music = new Playing(new Sound(music.Samples), loop: true);
            return job.Operation.IsOver ? null : new Finished(job.Leg, job.Operation.Id, MediaResult.Completed, Detail: null);
        });
    }

    private async Task<(MediaTask? Task, PromptFailed? Failure)> Ready(MediaWork work, AppId owner)
    {
        switch (work)
        {
            case PlayWork play:
                var played = await Fetch(owner, play.Prompts);
                return (new Playing(new Sound(played.Samples), play.Loop), played.Failure);
            case RecordWork record:
                var asked = await Fetch(owner, record.Prompt is { } prompt ? [prompt] : []);
                return (new Recording(new Sound([.. asked.Samples, .. record.Beeps ? [DtmfTones.Beep.ToArray()] : Array.Empty<short[]>()]), record), asked.Failure);
            case ToneWork tones:
                var pause = new short[(int)(tones.Pause.TotalSeconds * Pcm.SampleRate)];
                return (new Playing(new Sound(tones.Tones.SelectMany(tone => new[] { DtmfTones.Render(tone, ToneLength), pause }))), null);
            default:
                throw new UnreachableException($"{work.GetType().Name} has no turn.");
        }
    }

    private async Task<Fetched> Fetch(AppId owner, ImmutableArray<Prompt> files)
    {
        var (samples, known) = (new List<short[]>(), new Dictionary<MediaFile, short[]>());
        foreach (var prompt in files)
        {
            if (!known.TryGetValue(prompt.File, out var file))
            {
                var fetched = await prompts.Get(owner, prompt.File);
                if (fetched.Failure is { } failure)
                {
                    return new Fetched([], new PromptFailed(failure, fetched.Detail));
                }

                known[prompt.File] = file = fetched.Samples!;
            }

            if (known.Values.Sum(one => (long)one.Length) > MaxSamples)
            {
                return new Fetched([], new PromptFailed(PromptFailure.Download, TooMuch));
            }

            samples.AddRange(Enumerable.Repeat(file, prompt.Times));
        }

        return new Fetched([.. samples], Failure: null);
    }

    private static Finished Failed(MediaJob job, PromptFailed failed) => new(
        job.Leg, job.Operation.Id, failed.Failure == PromptFailure.Format ? MediaResult.BadFormat : MediaResult.NotDownloaded, failed.Detail);

    private static LegId? Began(ConversationEvent @event) => @event switch
    {
        LegAdded { Direction: CallDirection.Outgoing } e => e.Leg,
        LegAccepted e => e.Leg,
        _ => null,
    };

    private sealed record Fetched(short[][] Samples, PromptFailed? Failure);

    private sealed record PromptFailed(PromptFailure Failure, string? Detail);

    [LoggerMessage(LogLevel.Error, "The recording {Operation} could not be written.")]
    private partial void LogNotKept(Exception exception, Guid operation);
}
