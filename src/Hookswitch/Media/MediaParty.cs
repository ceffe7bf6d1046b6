using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>One leg where sound is carried: what it says and what it hears. Not for two threads at once.</summary>
/// <param name="memory">For how long its phone remembers what it hears.</param>
internal sealed class MediaParty(Leg leg, TimeSpan memory)
{
    private readonly Queue<Sound> _speech = new();
    private readonly short[] _said = new short[Pcm.FrameSamples];
    private readonly short[] _heard = new short[Pcm.FrameSamples];

    /// <summary>As it was committed last.</summary>
    public Leg Leg { get; set; } = leg;

    /// <summary>The operation that is its bot's turn; null: none.</summary>
    public Guid? Turn { get; set; }

    /// <summary>What is done of that operation. Null: nothing, or it is not ready.</summary>
    public MediaTask? Task { get; set; }

    /// <summary>The operation whose music it hears instead of the others, or is to hear once that is there; null: none.</summary>
    public Guid? MusicOf { get; set; }

    /// <summary>What it hears instead of the others.</summary>
    public Playing? Music { get; set; }

    /// <summary>Whether its sound does not flow, though it is connected.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether it has just come.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Of a bot that hosts its own sound: the connection to it.</summary>
    public MediaSocket? Socket { get; set; }

    /// <summary>Of a phone: what it has heard.</summary>
    public Ear? Ear { get; } = leg.Bot is null ? new Ear(memory) : null;

    /// <summary>Whom it hears; null: all others.</summary>
    public IReadOnlyList<MediaParty>? Sources { get; set; }

    /// <summary>Whether others hear it in this frame.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>What it says in this frame.</summary>
    public ReadOnlySpan<short> Said => _said;

    /// <summary>Where what it hears in this frame is to be put.</summary>
    public Span<short> Mixed => _heard;

    /// <summary>Whether there is anything to carry from it or to it.</summary>
    public bool IsBusy => Socket is not null || Task is not null || Music is not null || _speech.Count > 0;

    /// <summary>Its phone says something, after what it says already.</summary>
    public void Say(Sound sound) => _speech.Enqueue(sound);

    /// <summary>Takes what it says from where it comes. Whoever is muted says it to nobody.</summary>
    public void Speak()
    {
        var speaks = Socket is { } socket ? socket.Read(_said) : Task is { } task ? task.Speak(_said) : _speech.TryPeek(out var speech) && speech.Read(_said);
        if (_speech.TryPeek(out var said) && said.IsOver)
        {
            _speech.Dequeue();
        }

        IsHeard = speaks && !IsCutOff && Leg is { Muted: false, OnHold: false, Music: null };
    }

    /// <summary>Hands what it hears to whoever listens.</summary>
    public void Hear()
    {
        if (IsCutOff || Leg.OnHold || (Leg.Music is not null && Music?.Speak(_heard) is not true))
        {
            _heard.AsSpan().Clear();
        }

        Socket?.Write(_heard);
        Task?.Hear(_heard);
        Ear?.Hear(_heard);
    }
}
