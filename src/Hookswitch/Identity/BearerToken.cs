namespace Hookswitch.Identity;

/// <summary>The token with which a request comes. RFC 6750, 2.1.</summary>
internal static class BearerToken
{
    public const string Scheme = "Bearer";

    /// <summary>What stands before the token.</summary>
    public const string Prefix = $"{Scheme} ";

    /// <summary>Null: the request has no Authorization of that scheme.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim()
            : null;
}
