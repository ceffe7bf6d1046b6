using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>A DTMF tone that someone pressed. Graph, toneInfo resource type.</summary>
public sealed record ToneInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.toneInfo";

    /// <summary>Counts the tones of a call from 1.</summary>
    public long? SequenceId { get; init; }

    public Tone? Tone { get; init; }
}

/// <summary>A DTMF tone. Graph, toneInfo resource type.</summary>
[JsonConverter(typeof(GraphEnum<Tone>))]
public enum Tone
{
    Tone0,
    Tone1,
    Tone2,
    Tone3,
    Tone4,
    Tone5,
    Tone6,
    Tone7,
    Tone8,
    Tone9,
    Star,
    Pound,
    A,
    B,
    C,
    D,
    Flash,
}
