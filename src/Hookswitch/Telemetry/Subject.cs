using System.Collections;
using Hookswitch.Calling;

namespace Hookswitch.Telemetry;

/// <summary>What a request, or a task of the server's own, is about: the ids with which its log lines and its span are found. Filled as they become known.</summary>
/// <param name="request">The request-id of its answer; null: nobody asked.</param>
internal sealed class Subject(string? request) : IReadOnlyCollection<KeyValuePair<string, object?>>
{
    public const string CallTag = "hookswitch.call.id";
    public const string ConversationTag = "hookswitch.conversation.id";
    public const string ApplicationTag = "hookswitch.application.id";
    private const string RequestTag = "hookswitch.request.id";

    // References, so that a line that is written elsewhere sees the whole of each, or nothing.
    private object? _call;
    private object? _application;

    public CallId Call
    {
        set => _call = value;
    }

    public AppId Application
    {
        set => _application = value;
    }

    /// <summary>As attributes of a span.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Tags => Known(RequestTag, ApplicationTag, CallTag, ConversationTag);

    public int Count => Tags.Count();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Known("RequestId", "Application", "Call", "Conversation").GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(one => $"{one.Key}:{one.Value}"));

    private IEnumerable<KeyValuePair<string, object?>> Known(string requestKey, string applicationKey, string callKey, string conversationKey)
    {
        var call = _call as CallId?;
        (string Key, object? Value)[] all = [(requestKey, request), (applicationKey, _application), (callKey, call), (conversationKey, call?.Conversation)];
        return all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, (object?)$"{one.Value}"));
    }
}
