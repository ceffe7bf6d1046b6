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

        return Find(body, type)?.TrimStart('.') is { } path
            ? throw new MalformedBodyException(path, $"'{path}' must not be null.")
            : body;
    }

    // The path of the first one. Loops and no queries: every body goes through here.
    private static string? Find(object? value, JsonTypeInfo type)
    {
        if (value is IReadOnlyList<object?> items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is not { } item)
                {
                    return Item(i);
                }

                if (Find(item, type) is { } below)
                {
                    return $"{Item(i)}{below}";
                }
            }
        }
        else if (value is not (null or IEnumerable) && type.Options.GetTypeInfo(value.GetType()) is { Kind: JsonTypeInfoKind.Object } concrete)
        {
            foreach (var member in concrete.Properties)
            {
                if (Find(member.Get?.Invoke(value), type) is { } below)
                {
                    return $".{member.Name}{below}";
                }
            }
        }

        return null;
    }

    private static string Item(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}
