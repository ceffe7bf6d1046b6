using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Who a participant is, and where. Graph, participantInfo resource type.</summary>
public sealed record ParticipantInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.participantInfo";

    public IdentitySet? Identity { get; init; }

    public EndpointType? EndpointType { get; init; }

    /// <summary>Not declared, but sent by Graph: the device, a GUID.</summary>
    public string? EndpointId { get; init; }

    public string? Region { get; init; }

    public string? LanguageId { get; init; }

    public string? CountryCode { get; init; }

    /// <summary>As <see cref="EndpointId"/>; of bots <c>{name} (appid:{id})</c>.</summary>
    public string? ClientVersion { get; init; }

    public string? ParticipantId { get; init; }
}

/// <summary>What a participant takes part with. Graph, participantInfo resource type.</summary>
[JsonConverter(typeof(GraphEnum<EndpointType>))]
public enum EndpointType
{
    Default,
    Voicemail,
    SkypeForBusiness,
    SkypeForBusinessVoipPhone,
    UnknownFutureValue,
}
