using System.Threading.Channels;

namespace Hookswitch.Media;

/// <summary>Wakes the one who waits, now or as soon as it waits. Setting it allocates nothing and runs nothing of the waiter's.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    public void Set() => _set.Writer.TryWrite(true);

    public ValueTask<bool> Wait(CancellationToken cancellation) => _set.Reader.ReadAsync(cancellation);
}
