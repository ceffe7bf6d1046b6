using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Someone or something: a person, an application, a telephone number. Graph, identity resource type.</summary>
public sealed record Identity
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.identity";

    public string? Id { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Not declared on the open type, but sent by Graph and by its clients.</summary>
    public string? TenantId { get; init; }

    /// <summary>As <see cref="TenantId"/>; AAD in what was captured.</summary>
    public string? IdentityProvider { get; init; }
}
