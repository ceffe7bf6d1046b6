using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What a bot sends to begin, or cease, to share a screen. Graph, call: changeScreenSharingRole.</summary>
public sealed record ChangeScreenSharingRoleRequest
{
    public ScreenSharingRole? Role { get; init; }
}

/// <summary>Whether a bot shares a screen. Graph, call: changeScreenSharingRole.</summary>
[JsonConverter(typeof(GraphEnum<ScreenSharingRole>))]
public enum ScreenSharingRole
{
    Viewer,
    Sharer,
}
