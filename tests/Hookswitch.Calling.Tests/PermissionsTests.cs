using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class PermissionsTests
{
    [Fact]
    public void What_an_application_lacks_by_what_it_holds()
    {
        var permissions = Enum.GetValues<Permission>();
        var holdings = permissions.Select(one => new HashSet<Permission> { one })
            .Prepend([])
            .Append([Permission.InitiateCalls, Permission.AccessMedia])
            .Append([.. permissions]);
        var rows =
            from held in holdings
            from media in new MediaConfig[] { Media, new AppHostedMedia("blob") }
            select $"{media.GetType().Name,-18} "
                + string.Concat(Enum.GetValues<Creation>().Select(creation =>
                    $"{creation}: {Permissions.MissingToCreate(creation, held, media)?.ToString() ?? "-",-21} "))
                + $"joins groups: {(Permissions.MayJoinGroups(held) ? "yes" : "no"),-4} "
                + $"to answer: {Permissions.MissingToAnswer(held, media)?.ToString() ?? "-",-12} "
                + $"sees the caller: {(Permissions.SeesCaller(held) ? "yes" : "no"),-4} "
                + $"holding [{string.Join(", ", held)}]\n";
        Snapshot.Match(string.Concat(rows));
    }

    [Fact]
    public void Every_permission_has_its_role() =>
        Assert.All(Enum.GetValues<Permission>(), permission =>
            Assert.Equal(permission, Permissions.ByRole[Permissions.RoleOf(permission).ToUpperInvariant()]));
}
