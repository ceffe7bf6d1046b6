namespace Hookswitch.Graph;

/// <summary>A body that is not JSON, or does not have the form of its type. Graph, Error responses and resource types: 400.</summary>
public sealed class MalformedBodyException(string property, string message) : Exception(message)
{
    /// <summary>The member at fault by its path, such as <c>targets[0].identity</c>; empty for the body as a whole.</summary>
    public string Property { get; } = property;
}
