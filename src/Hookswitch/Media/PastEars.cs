namespace Hookswitch.Media;

/// <summary>What phones heard in calls that are over: of the last few, so that a test can compare it afterwards.</summary>
internal sealed class PastEars
{
    /// <summary>Each remembers a minute, of 1.9 MB.</summary>
    private const int Most = 16;

    private readonly Lock _gate = new();
    private readonly Queue<(string Phone, Ear Ear)> _ears = new();

    public void Add(string phone, Ear ear)
    {
        lock (_gate)
        {
            _ears.Enqueue((phone, ear));
            if (_ears.Count > Most)
            {
                _ears.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _ears.Clear();
        }
    }

    /// <summary>The last one of that user or number; null: none is remembered.</summary>
    public Ear? Of(string phone)
    {
        lock (_gate)
        {
            return _ears.LastOrDefault(one => one.Phone.Equals(phone, StringComparison.OrdinalIgnoreCase)).Ear;
        }
    }
}
