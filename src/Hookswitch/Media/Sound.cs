namespace Hookswitch.Media;

/// <summary>Samples that are said frame by frame, one piece after the other.</summary>
internal sealed class Sound
{
    private readonly Queue<short[]> _ahead;
    private readonly short[][] _pieces;
    private int _place;

    public Sound(params IEnumerable<short[]> pieces)
    {
        _pieces = [.. pieces.Where(piece => piece.Length > 0)];
        _ahead = new Queue<short[]>(_pieces);
    }

    public bool IsOver => _ahead.Count == 0;

    /// <summary>It begins anew.</summary>
    public void Rewind()
    {
        _place = 0;
        foreach (var piece in _pieces)
        {
            _ahead.Enqueue(piece);
        }
    }

    /// <summary>The next frame; its end is silence where the sound ends within it. False: there is none.</summary>
    public bool Read(Span<short> frame)
    {
        if (IsOver)
        {
            return false;
        }

        while (!frame.IsEmpty && _ahead.TryPeek(out var piece))
        {
            var read = piece.AsSpan(_place, Math.Min(frame.Length, piece.Length - _place));
            read.CopyTo(frame);
            frame = frame[read.Length..];
            _place += read.Length;
            if (_place == piece.Length)
            {
                _ahead.Dequeue();
                _place = 0;
            }
        }

        frame.Clear();
        return true;
    }
}
