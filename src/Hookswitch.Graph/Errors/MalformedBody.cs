using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Hookswitch.Graph;

/// <summary>Finds the words for what is wrong with a body. Runs only when something is, so it may read the body again.</summary>
/// <remarks>Names values of enums and types only: any other value may be a secret, and errors are logged.</remarks>
internal static partial class MalformedBody
{
    private const string TypeMember = "@odata.type";

    // Of a foreign value, in a message.
    private const int MaxQuotedLength = 60;

    // Of a path, whose names may be foreign.
    private const int MaxPathLength = 200;

    public static MalformedBodyException Explain(ReadOnlySpan<byte> utf8, JsonException exception, JsonTypeInfo type)
    {
        if (NotJson(utf8) is { } message)
        {
            return new("", message);
        }

        using var document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = GraphJson.MaxDepth });
        if (Twice(document.RootElement, "") is { } member)
        {
            return new(member, $"'{member}' stands more than once.");
        }

        var place = new Place("", document.RootElement, type);
        foreach (var step in PathSteps().Matches(exception.Path ?? "").Select(match => match.Value))
        {
            if (place.Step(step) is not { } next)
            {
                break;
            }

            place = next;
        }

        return new(place.Path, $"{Subject(place.Path)} {Fault(place.Value, place.Type)}.");
    }

    private static string? NotJson(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "The body is empty.";
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= GraphJson.MaxDepth)
                {
                    return Invariant($"The body is nested deeper than {GraphJson.MaxDepth} levels.");
                }
            }

            return null;
        }
        catch (JsonException exception)
        {
            var reason = exception.Message.Split(" LineNumber:", 2)[0];
            var (line, position) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            return Invariant($"The body is not valid JSON at line {line}, byte {position}: {reason}");
        }
    }

    // The first member that its object has already, by its path; null: there is none. A second type has words of its own.
    private static string? Twice(JsonElement value, string path)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            return value.EnumerateArray().Select((one, i) => Twice(one, Invariant($"{path}[{i}]"))).FirstOrDefault(found => found is not null);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, below) in value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().Select(member => (NameOf(member), member.Value)) : [])
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (Twice(below, here) is { } found)
            {
                return found;
            }

            if (name.Length > 0 && !names.Add(name) && name != TypeMember)
            {
                return here[..Math.Min(here.Length, MaxPathLength)];
            }
        }

        return null;
    }

    // Empty: it has no name that could be told.
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return ""; // half of a surrogate pair
        }
    }

    private static string Fault(JsonElement value, JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is { } family && value.ValueKind is JsonValueKind.Object)
        {
            return FaultOfType(value, family);
        }

        return EnumOf(type) is not null && Text(value) is { } text
            ? $"must be {Expected(type)}, not \"{text}\""
            : $"must be {Expected(type)}, not {Found(value)}";
    }

    private static string FaultOfType(JsonElement value, JsonPolymorphismOptions family)
    {
        var known = string.Join(", ", family.DerivedTypes.Select(type => type.TypeDiscriminator));
        if (!value.TryGetProperty(TypeMember, out var given))
        {
            return $"must have an {TypeMember}, one of {known}";
        }

        return Text(given) switch
        {
            null => $"must have an {TypeMember} that is a string, one of {known}",
            { } text when family.DerivedTypes.Any(type => Equals(type.TypeDiscriminator, text)) => $"has more than one {TypeMember}",
            { } text => $"has the unknown {TypeMember} \"{text}\"; known are {known}",
        };
    }

    private static string Expected(JsonTypeInfo type) => type switch
    {
        { Kind: JsonTypeInfoKind.Enumerable } => "an array",
        { Kind: JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary } => "an object",
        _ when EnumOf(type) is { } @enum => $"one of {string.Join(", ", NamesOf(@enum))}",
        _ => PlainTypes.GetValueOrDefault(Nullable.GetUnderlyingType(type.Type) ?? type.Type, "of another kind"),
    };

    private static readonly Dictionary<Type, string> PlainTypes = new()
    {
        [typeof(string)] = "a string",
        [typeof(bool)] = "true or false",
        [typeof(int)] = "a whole number",
        [typeof(long)] = "a whole number",
        [typeof(double)] = "a number",
        [typeof(ResultCode)] = "a whole number",
        [typeof(Guid)] = "a GUID",
        [typeof(TimeSpan)] = "a duration such as PT0.03S",
        [typeof(DateTimeOffset)] = "a date and time such as 2026-01-31T08:00:00Z",
    };

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => Text(value) is null ? "text that is not valid Unicode" : "this string",
        JsonValueKind.Number => "this number",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "this",
    };

    private static Type? EnumOf(JsonTypeInfo type) =>
        (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } @enum ? @enum : null;

    // unknownFutureValue is read, but nobody should be advised to send it.
    private static IEnumerable<string> NamesOf(Type @enum) =>
        Enum.GetNames(@enum).Select(JsonNamingPolicy.CamelCase.ConvertName).Where(name => name is not "unknownFutureValue");

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is not JsonValueKind.String || value.GetString() is not { } text ? null
                : text.Length <= MaxQuotedLength ? text
                : text[..MaxQuotedLength] + "…";
        }
        catch (InvalidOperationException) // half a surrogate pair, or bytes that are not UTF-8
        {
            return null;
        }
    }

    private static string Subject(string path) => path.Length == 0 ? "The body" : $"'{path}'";

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // $.targets[0].identity, or $['@odata.context'] for names with dots.
    [GeneratedRegex(@"(?<=\.)[^.\[\]]+|(?<=\[)\d+(?=\])|(?<=\[')[^']+(?='\])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathSteps();

    /// <summary>A value of the body, and what it should have been.</summary>
    private readonly record struct Place(string Path, JsonElement Value, JsonTypeInfo Type)
    {
        /// <summary>Null where the way ends: what is wrong with the type of a value is said of the value.</summary>
        public Place? Step(string step)
        {
            if (Value.ValueKind is JsonValueKind.Array && Type.ElementType is { } element)
            {
                return int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < Value.GetArrayLength()
                    ? new Place($"{Path}[{step}]", Value[index], Type.Options.GetTypeInfo(element))
                    : null;
            }

            return Value.ValueKind is JsonValueKind.Object && Value.TryGetProperty(step, out var value) && Member(step) is { } member
                ? new Place(Join(Path, step), value, Type.Options.GetTypeInfo(member))
                : null;
        }

        private Type? Member(string name) => Type.Kind is JsonTypeInfoKind.Dictionary
            ? Type.ElementType
            : Concrete().Properties.FirstOrDefault(property => StringComparer.Ordinal.Equals(property.Name, name))?.PropertyType;

        private JsonTypeInfo Concrete()
        {
            var given = Value.TryGetProperty(TypeMember, out var named) ? Text(named) : null;
            var derived = Type.PolymorphismOptions?.DerivedTypes.FirstOrDefault(type => Equals(type.TypeDiscriminator, given));
            return derived is { DerivedType: { } concrete } ? Type.Options.GetTypeInfo(concrete) : Type;
        }
    }
}
