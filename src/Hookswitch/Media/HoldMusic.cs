namespace Hookswitch.Media;

/// <summary>What is heard on hold where the bot brings no music of its own: a quiet arpeggio of four bars, made here.</summary>
internal static class HoldMusic
{
    private const int NotesPerBar = 8;
    private const double NoteSeconds = 0.25;
    private const double Loudness = 3_000;

    // In semitones above A3: A minor, F, C, G.
    private static readonly int[][] Chords = [[0, 3, 7, 12], [-4, 0, 3, 8], [-9, -5, -2, 3], [-2, 2, 5, 10]];

    public static short[] Samples { get; } = [.. Chords.SelectMany(Bar)];

    private static IEnumerable<short> Bar(int[] chord) =>
        Enumerable.Range(0, NotesPerBar).SelectMany(note => Note(chord[note < 4 ? note : NotesPerBar - 1 - note]));

    // A plucked string: an attack too short to click, and a decay.
    private static IEnumerable<short> Note(int semitone)
    {
        var frequency = 220 * Math.Pow(2, semitone / 12.0);
        return Enumerable.Range(0, (int)(NoteSeconds * Pcm.SampleRate)).Select(place =>
        {
            var time = (double)place / Pcm.SampleRate;
            var envelope = Math.Min(time / 0.01, 1) * Math.Exp(-time * 6);
            return (short)(Loudness * envelope * Math.Sin(2 * Math.PI * frequency * time));
        });
    }
}
