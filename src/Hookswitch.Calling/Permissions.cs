using System.Collections.Frozen;

namespace Hookswitch.Calling;

/// <summary>An application permission of the calls API. Graph, permissions reference.</summary>
public enum Permission
{
    InitiateCalls,
    InitiateGroupCalls,
    JoinGroupCalls,
    JoinGroupCallsAsGuest,
    AccessMedia,
}

/// <summary>The permissions, and what each gates. Checked when a call is created or answered, and not again.</summary>
public static class Permissions
{
    /// <summary>The names that a token's <c>roles</c> carry. Compared without regard to case: Graph's own lists vary in it.</summary>
    public static readonly FrozenDictionary<string, Permission> ByRole = new Dictionary<string, Permission>
    {
        ["Calls.Initiate.All"] = Permission.InitiateCalls,
        ["Calls.InitiateGroupCall.All"] = Permission.InitiateGroupCalls,
        ["Calls.JoinGroupCall.All"] = Permission.JoinGroupCalls,
        ["Calls.JoinGroupCallAsGuest.All"] = Permission.JoinGroupCallsAsGuest,
        ["Calls.AccessMedia.All"] = Permission.AccessMedia,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<Permission, string> Roles = ByRole.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The role that grants the permission.</summary>
    public static string RoleOf(Permission permission) => Roles[permission];

    /// <summary>What an application lacks to place a peer-to-peer call; null: nothing. Graph, Create call.</summary>
    public static Permission? MissingToPlace(IReadOnlySet<Permission> held, MediaConfig media) =>
        held.Contains(Permission.InitiateCalls) ? MissingForMedia(held, media) : Permission.InitiateCalls;

    /// <summary>What an application lacks to answer a peer-to-peer call: nothing but what its media needs. Graph, call: answer.</summary>
    public static Permission? MissingToAnswer(IReadOnlySet<Permission> held, MediaConfig media) => MissingForMedia(held, media);

    /// <summary>Whether an application is shown who calls it: any of the permissions will do. Graph, call: answer.</summary>
    public static bool SeesCaller(IReadOnlySet<Permission> held) => held.Count > 0;

    private static Permission? MissingForMedia(IReadOnlySet<Permission> held, MediaConfig media) =>
        media is AppHostedMedia && !held.Contains(Permission.AccessMedia) ? Permission.AccessMedia : null;
}
