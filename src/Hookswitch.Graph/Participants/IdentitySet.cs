using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The identities of one party, by kind. Graph, identitySet resource type.</summary>
/// <remarks>Only application, device and user are declared. The other kinds are declared on communicationsIdentitySet,
/// but travel as open members of this type.</remarks>
public sealed record IdentitySet
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.identitySet";

    public Identity? Application { get; init; }

    public Identity? ApplicationInstance { get; init; }

    public Identity? AssertedIdentity { get; init; }

    public Identity? AzureCommunicationServicesUser { get; init; }

    public Identity? Device { get; init; }

    public Identity? Encrypted { get; init; }

    public Identity? Guest { get; init; }

    public Identity? OnPremises { get; init; }

    public Identity? Phone { get; init; }

    public Identity? User { get; init; }
}
