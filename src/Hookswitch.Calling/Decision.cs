using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Hookswitch.Calling;

/// <summary>What became of a command: the events that it caused (none: it was already so), or a refusal that changed nothing.</summary>
[CollectionBuilder(typeof(Decision), nameof(Of))]
public sealed class Decision : IEnumerable<ConversationEvent>
{
    private Decision(ImmutableArray<ConversationEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public ImmutableArray<ConversationEvent> Events { get; }

    public Refusal? Refusal { get; }

    public static Decision Of(ReadOnlySpan<ConversationEvent> events) => new([.. events], refusal: null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    /// <summary>The same as the conversion, for languages without one.</summary>
    public static Decision ToDecision(Refusal refusal) => refusal;

    public IEnumerator<ConversationEvent> GetEnumerator() => ((IEnumerable<ConversationEvent>)Events).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
