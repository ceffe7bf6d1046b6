using System.Text.Json;

namespace Hookswitch.Phones;

/// <summary>Finds where something stands in a JSON text, so that people can be told the line.</summary>
internal static class JsonPlace
{
    /// <summary>The line, from 1, of one element of a list that is a member of the outermost object.</summary>
    public static int LineOf(ReadOnlySpan<byte> json, string list, int index)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var (inList, element) = (false, 0);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                inList = string.Equals(reader.GetString(), list, StringComparison.OrdinalIgnoreCase);
            }
            else if (inList && reader.CurrentDepth == 2 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName)
                && element++ == index)
            {
                return json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
            }
        }

        return 1;
    }
}
