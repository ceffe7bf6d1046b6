using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What is played to those in a call. Graph, prompt resource type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(MediaPrompt), "#microsoft.graph.mediaPrompt")]
public abstract record Prompt;

/// <summary>A file that is played. Graph, mediaPrompt resource type.</summary>
public sealed record MediaPrompt : Prompt
{
    /// <summary>Where it is: a WAV of one channel, 16 bit, 16 kHz.</summary>
    public MediaInfo? MediaInfo { get; init; }

    /// <summary>How often it is played. Of beta.</summary>
    public int? Loop { get; init; }
}
