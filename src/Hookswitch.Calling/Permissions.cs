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

/// <summary>What is created when a call is created: the body decides. Graph, Create call.</summary>
public enum Creation
{
    PeerToPeer,
    GroupCall,
    Join,
    JoinAsGuest,
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

    /// <summary>What an application lacks to create a call; null: nothing. Graph, Create call.</summary>
    public static Permission? MissingToCreate(Creation creation, IReadOnlySet<Permission> held, MediaConfig media)
    {
        var needed = creation switch
        {
            Creation.GroupCall => Permission.InitiateGroupCalls,
            Creation.Join => Permission.JoinGroupCalls,
            Creation.JoinAsGuest => Permission.JoinGroupCallsAsGuest,
            _ => Permission.InitiateCalls,
        };
        return held.Contains(needed) ? MissingForMedia(held, media) : needed;
    }

    /// <summary>Whether an application may take part in group calls into which it is called. Graph, call: answer.</summary>
    public static bool MayJoinGroups(IReadOnlySet<Permission> held) =>
        held.Contains(Permission.JoinGroupCalls) || held.Contains(Permission.JoinGroupCallsAsGuest);

    /// <summary>What an application lacks to answer a call, but for <see cref="MayJoinGroups"/>: what its media needs. Graph, call: answer.</summary>
    public static Permission? MissingToAnswer(IReadOnlySet<Permission> held, MediaConfig media) => MissingForMedia(held, media);

    /// <summary>Whether an application is shown who calls it: any of the permissions will do. Graph, call: answer.</summary>
    public static bool SeesCaller(IReadOnlySet<Permission> held) => held.Count > 0;

    private static Permission? MissingForMedia(IReadOnlySet<Permission> held, MediaConfig media) =>
        media is AppHostedMedia && !held.Contains(Permission.AccessMedia) ? Permission.AccessMedia : null;
}
