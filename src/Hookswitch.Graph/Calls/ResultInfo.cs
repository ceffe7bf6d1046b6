using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Why a call or an operation ended. Graph, resultInfo resource type.</summary>
public sealed record ResultInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.resultInfo";

    public ResultCode? Code { get; init; }

    public ResultCode? Subcode { get; init; }

    public string? Message { get; init; }
}
