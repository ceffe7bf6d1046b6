using System.Collections;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Hookswitch.Graph;

/// <summary>Refuses what the serializer lets pass: null as the body, and null as an item of a list, which no code expects.</summary>
internal static class UnexpectedNull
{
    public static T Refuse<T>(T? body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body is null)
        {
            throw new MalformedBodyException("", "The body must be an object, not null.");
        }

        return Find(body, type, "") is { } path
            ? throw new MalformedBodyException(path, $"'{path}' must not be null.")
            : body;
    }

    private static string? Find(object? value, JsonTypeInfo type, string path) => value switch
    {
        null => null,
        IReadOnlyList<object?> items => items
            .Select((item, index) => item is null ? Item(path, index) : Find(item, type, Item(path, index)))
            .FirstOrDefault(found => found is not null),
        IEnumerable => null, // text, and lists of values, which can't be null
        _ when type.Options.GetTypeInfo(value.GetType()) is { Kind: JsonTypeInfoKind.Object } concrete => concrete.Properties
            .Select(member => Find(member.Get?.Invoke(value), type, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
