using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What a bot sends to say how the media of a conference device was. Graph, call: logTeleconferenceDeviceQuality.</summary>
public sealed record LogTeleconferenceDeviceQualityRequest
{
    public TeleconferenceDeviceQuality? Quality { get; init; }
}

/// <summary>How the media of a conference device was. Graph, teleconferenceDeviceQuality resource type.</summary>
public sealed record TeleconferenceDeviceQuality
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.teleconferenceDeviceQuality";

    /// <summary>By which the call is found.</summary>
    public Guid? CallChainId { get; init; }

    public Guid? ParticipantId { get; init; }

    public Guid? MediaLegId { get; init; }

    public string? DeviceName { get; init; }

    public string? DeviceDescription { get; init; }

    public string? CloudServiceName { get; init; }

    public string? CloudServiceInstanceName { get; init; }

    public string? CloudServiceDeploymentEnvironment { get; init; }

    public string? CloudServiceDeploymentId { get; init; }

    public IReadOnlyList<TeleconferenceDeviceMediaQuality>? MediaQualityList { get; init; }
}
