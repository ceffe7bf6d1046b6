using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Who handles the media of a call: the server or the bot. Graph, mediaConfig resource type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(ServiceHostedMediaConfig), "#microsoft.graph.serviceHostedMediaConfig")]
[JsonDerivedType(typeof(AppHostedMediaConfig), "#microsoft.graph.appHostedMediaConfig")]
public abstract record MediaConfig
{
    /// <summary>Not declared, but in the examples of Create call: the bot hears and is heard by routing groups alone.</summary>
    public bool? RemoveFromDefaultAudioGroup { get; init; }
}

/// <summary>The server plays and records. Graph, serviceHostedMediaConfig resource type.</summary>
public sealed record ServiceHostedMediaConfig : MediaConfig
{
    /// <summary>Prompts to fetch before they are played.</summary>
    public IReadOnlyList<MediaInfo>? PreFetchMedia { get; init; }
}

/// <summary>The bot handles the media itself. Graph, appHostedMediaConfig resource type.</summary>
public sealed record AppHostedMediaConfig : MediaConfig
{
    /// <summary>What the bot's media library made; opaque to everyone else.</summary>
    public string? Blob { get; init; }
}

/// <summary>An audio file. Graph, mediaInfo resource type.</summary>
public sealed record MediaInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.mediaInfo";

    public string? Uri { get; init; }

    /// <summary>The key under which the file is cached.</summary>
    public string? ResourceId { get; init; }
}
