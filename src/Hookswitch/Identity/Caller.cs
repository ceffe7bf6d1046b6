using Hookswitch.Calling;

namespace Hookswitch.Identity;

/// <summary>Who sent a request: what its token says.</summary>
/// <param name="Tenant">The tenant that the token was asked for.</param>
/// <param name="Permissions">What the application may do in it.</param>
/// <param name="IsDelegated">The token speaks for a user (it has <c>scp</c>): nobody but applications may call.</param>
internal sealed record Caller(AppId Application, string Tenant, IReadOnlySet<Permission> Permissions, bool IsDelegated)
{
    /// <summary>Hands the caller to an endpoint. Null only where no token was asked for.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
