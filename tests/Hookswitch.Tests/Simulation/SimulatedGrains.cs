using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Tests.Simulation;

/// <summary>What the grains of a silo do: one activation of each conversation, one command at a time. Replies get lost, and messages come twice.</summary>
internal sealed class SimulatedGrains(
    Random random, Func<Adversity> adversity, IEventStore store, CallClock clock, Func<Aftermath> aftermath, Func<Task> latency, Fault fault)
{
    private readonly Dictionary<long, Activation> _activations = [];

    public IGrainFactory Factory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, Proxy>();
        ((Proxy)factory).Grains = this;
        return factory;
    }

    private Activation Of(long id)
    {
        if (!_activations.TryGetValue(id, out var activation))
        {
            _activations[id] = activation = new Activation();
            activation.Keeper = NewKeeper(id, activation);
        }

        return activation;
    }

    private ConversationKeeper NewKeeper(long id, Activation activation) =>
        new(new ConversationId(id), store, clock, new Timeouts(), aftermath(), () => activation.Keeper = NewKeeper(id, activation));

    private async Task<Reply> Send(long id, Command command)
    {
        var reply = await Of(id).Enter(async keeper =>
        {
            await latency();
            return await keeper.Send(command, cause: null);
        });
        if (command is DeadlinePassed or Arrive or Release or DepartureAnswered or ReplacementRefused && random.NextDouble() < adversity().DoubledMessages)
        {
            await Of(id).Enter(keeper => keeper.Send(command, cause: null));
        }

        return random.NextDouble() < adversity().LostReplies ? throw new TimeoutException() : reply;
    }

    private async Task<Reply> Read(long id)
    {
        var activation = Of(id);
        var reply = await activation.Enter(keeper => keeper.Read());
        if (fault == Fault.ShowsStaleCalls)
        {
            (reply, activation.Shown) = (activation.Shown ?? reply, reply);
        }

        return reply;
    }

    /// <summary>One at a time, in the order of their coming.</summary>
    private sealed class Activation
    {
        private Task _last = Task.CompletedTask;

        public ConversationKeeper Keeper { get; set; } = null!;

        public Reply? Shown { get; set; }

        public async Task<Reply> Enter(Func<ConversationKeeper, Task<Reply>> work)
        {
            var (before, done) = (_last, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _last = done.Task;
            await before;
            try
            {
                return await work(Keeper);
            }
            finally
            {
                done.SetResult();
            }
        }
    }

    /// <summary>Of a grain factory what conversations need.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
    internal class Proxy : DispatchProxy
    {
        public SimulatedGrains Grains { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args is [long id, ..]
            ? new Grain(Grains, id)
            : throw new NotSupportedException(targetMethod?.Name);
    }

    private sealed class Grain(SimulatedGrains grains, long id) : IConversationGrain
    {
        public Task<Reply> Send(Command command, TraceParent? cause) => grains.Send(id, command);

        public Task<Reply> Read() => grains.Read(id);
    }
}

/// <summary>How bad it gets: probabilities, for each occasion.</summary>
internal sealed record Adversity
{
    public double Crashes { get; init; }

    public double StoreFailures { get; init; }

    public double LostReplies { get; init; }

    public double DoubledMessages { get; init; }

    /// <summary>Of an attempt that the bot got, and the server heard nothing.</summary>
    public double LostAnswers { get; init; }

    /// <summary>Of an attempt that did not arrive.</summary>
    public double LostAttempts { get; init; }

    /// <summary>Of an attempt that the bot could not take now.</summary>
    public double Refusals { get; init; }

    /// <summary>Of an attempt that the bot never takes.</summary>
    public double Rejections { get; init; }

    public static Adversity None { get; } = new();

    /// <summary>Of each kind none, a little or much.</summary>
    public static Adversity Draw(Random random)
    {
        return new Adversity
        {
            Crashes = One(0, 0.004, 0.02),
            StoreFailures = One(0, 0.01, 0.05),
            LostReplies = One(0, 0.02, 0.05),
            DoubledMessages = One(0, 0.1, 0.5),
            LostAnswers = One(0, 0.05, 0.2),
            LostAttempts = One(0, 0.1, 0.5),
            Refusals = One(0, 0.1, 0.5),
            Rejections = One(0, 0, 0.05),
        };

        double One(double none, double little, double much) => random.Next(4) switch
        {
            0 or 1 => none,
            2 => little,
            _ => much,
        };
    }
}
