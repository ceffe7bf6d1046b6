using System.Runtime.InteropServices;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>What is done with sound for one party, frame by frame: the side of an operation that takes its time. Not for two threads at once.</summary>
internal abstract class MediaTask
{
    /// <summary>Null: it is not over.</summary>
    public MediaResult? Result { get; protected set; }

    /// <summary>The next frame that the party says. False: it says nothing.</summary>
    public abstract bool Speak(Span<short> frame);

    /// <summary>The next frame that the party hears.</summary>
    public virtual void Hear(ReadOnlySpan<short> frame)
    {
    }

    /// <summary>Someone whom the party hears pressed a key.</summary>
    public virtual void Press(Tone tone)
    {
    }
}

/// <summary>Sound is played from its beginning to its end, or again and again.</summary>
internal sealed class Playing(Sound sound, bool loop = false) : MediaTask
{
    public override bool Speak(Span<short> frame)
    {
        var speaks = sound.Read(frame);
        if (sound.IsOver && loop)
        {
            sound.Rewind();
        }
        else if (sound.IsOver)
        {
            Result = MediaResult.Completed;
        }

        return speaks;
    }
}

/// <summary>A prompt and a beep are played, and then what the party hears is recorded. Graph, call: recordResponse.</summary>
internal sealed class Recording(Sound opening, RecordWork work) : MediaTask
{
    private readonly List<short> _recorded = [];
    private TimeSpan _silence;
    private bool _hasHeard;

    /// <summary>With which it is fetched.</summary>
    public Guid Key => work.Key;

    /// <summary>What was recorded, the silence that ended it included.</summary>
    public ReadOnlySpan<short> Recorded => CollectionsMarshal.AsSpan(_recorded);

    private TimeSpan Length => Pcm.FrameTime * (_recorded.Count / Pcm.FrameSamples);

    public override bool Speak(Span<short> frame) => opening.Read(frame);

    // What is heard while the prompt is played is no answer to it.
    public override void Hear(ReadOnlySpan<short> frame)
    {
        if (!opening.IsOver || Result is not null)
        {
            return;
        }

        _recorded.AddRange(frame);
        var isSpeech = Pcm.IsSpeech(frame);
        _hasHeard |= isSpeech;
        _silence = isSpeech ? TimeSpan.Zero : _silence + Pcm.FrameTime;
        Result = Length >= work.MaxDuration ? _hasHeard ? MediaResult.MaxDuration : MediaResult.InitialSilence
            : _hasHeard && _silence >= work.MaxSilence ? MediaResult.MaxSilence
            : !_hasHeard && _silence >= work.InitialSilence ? MediaResult.InitialSilence
            : null;
    }

    public override void Press(Tone tone)
    {
        if (Result is null && opening.IsOver && work.StopTones.Contains(tone))
        {
            Result = MediaResult.StopTone;
        }
    }
}
