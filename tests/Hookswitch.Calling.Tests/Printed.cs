using System.Collections;
using System.Globalization;
using System.Reflection;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>
/// A record as a readable text, with all that it holds. Two are the same when their texts are: arrays make the equality of records useless.
/// </summary>
internal static class Printed
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        DateTimeOffset instant => instant.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) + DaysAfterNoon(instant),
        LegId or ConversationId or AppId or EndReason or Enum => value.ToString()!,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Of))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", Members(value.GetType()).Select(member => Held(member, value)))})",
    };

    public static string Lines(IEnumerable<object> values) => string.Join('\n', values.Select(Of));

    /// <summary>What a record holds, without what it only works out.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static string Held(PropertyInfo member, object owner) => $"{member.Name}: {Of(member.GetValue(owner))}";

    private static string DaysAfterNoon(DateTimeOffset instant) =>
        instant.Date == Noon.Date ? "" : string.Create(CultureInfo.InvariantCulture, $" +{(instant.Date - Noon.Date).Days}d");
}
