using System.Globalization;
using System.Text.Json.Serialization;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Application = Hookswitch.Phones.Application;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Identity;

/// <summary>Where applications get their tokens: the shape of Entra's token endpoint, client credentials only (RFC 6749, 4.4).</summary>
internal static class TokenEndpoint
{
    private const string DefaultScope = "/.default";

    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{tenant}/oauth2/v2.0/token", async (string tenant, HttpRequest request, Directory directory, AccessTokens tokens) =>
            await Issue(tenant, request, directory, tokens, "scope") switch
            {
                ({ } token, _) => TypedResults.Ok(new TokenResponse("Bearer", Seconds, Seconds, token)),
                var (_, problem) => problem!,
            });
        routes.MapPost("/{tenant}/oauth2/token", async (string tenant, HttpRequest request, Directory directory, AccessTokens tokens) =>
            await Issue(tenant, request, directory, tokens, "resource") switch
            {
                ({ } token, _) => TypedResults.Ok(FormerTokenResponse.Of(token, tokens.Cloud.Audiences[0], TimeProvider.System.GetUtcNow())),
                var (_, problem) => problem!,
            });
    }

    private static int Seconds => (int)AccessTokens.Lifetime.TotalSeconds;

    /// <param name="purpose">The field that says what the token is for: the one difference between the versions of the endpoint.</param>
    private static async Task<(string? Token, IResult? Problem)> Issue(
        string tenant, HttpRequest request, Directory directory, AccessTokens tokens, string purpose)
    {
        if (tokens.Authority is { } authority)
        {
            return (null, TokenError.Answer(400, "unauthorized_client", 700016, $"This server gives out no tokens: it takes those of {authority}."));
        }

        if (!request.HasFormContentType)
        {
            return (null, TokenError.Answer(400, "invalid_request", 900144, "The request body must be a form (application/x-www-form-urlencoded)."));
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            var status = (e as BadHttpRequestException)?.StatusCode ?? 400;
            return (null, TokenError.Answer(status, "invalid_request", 900144, $"The request body cannot be read: {e.Message}"));
        }

        if (Problem(form, purpose, tokens.Cloud) is { } problem)
        {
            return (null, problem);
        }

        var application = directory.ApplicationOrDefault(new AppId(form["client_id"].ToString()));
        if (!directory.Knows(application.Id))
        {
            return (null, TokenError.Answer(400, "unauthorized_client", 700016, $"Application with identifier '{application.Id}' was not found in the directory."));
        }

        if (!directory.Admits(application, form["client_secret"].ToString()))
        {
            return (null, TokenError.Answer(401, "invalid_client", 7000215, $"Invalid client secret provided for application '{application.Id}'."));
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return (tokens.Issue(application, TenantOf(tenant, application)), null);
    }

    // Asked for at common or at a domain, a token carries the application's own tenant; an application may act in several tenants.
    private static string TenantOf(string tenant, Application application) =>
        Guid.TryParse(tenant, out var id) ? id.ToString("D") : application.Tenant;

    private static IResult? Problem(IFormCollection form, string purpose, Cloud cloud)
    {
        if (form["grant_type"] is var grant && grant != "client_credentials")
        {
            return TokenError.Answer(400, "unsupported_grant_type", 70003, $"The grant type '{grant}' is not supported: client_credentials is.");
        }

        foreach (var needed in new[] { "client_id", "client_secret", purpose })
        {
            if (string.IsNullOrEmpty(form[needed]))
            {
                return TokenError.Answer(400, "invalid_request", 900144, $"The request body must contain the following parameter: '{needed}'.");
            }
        }

        if (DirectoryReading.TextProblem(form["client_id"].ToString()) is { } wrong)
        {
            return TokenError.Answer(400, "invalid_request", 900144, $"The parameter 'client_id' {wrong}.");
        }

        var (asked, suffix) = (form[purpose].ToString(), purpose == "scope" ? DefaultScope : "");
        return cloud.Audiences.Any(audience => asked == audience + suffix || asked == $"{audience}/{suffix}")
            ? null
            : TokenError.Answer(
                400, purpose == "scope" ? "invalid_scope" : "invalid_resource", purpose == "scope" ? 70011 : 500011,
                $"The {purpose} '{asked}' is not valid: {cloud.Audiences[0]}{suffix} is.");
    }
}

/// <summary>A token. RFC 6749, 5.1, with the members that Entra adds.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("ext_expires_in")] int ExtendedExpiresIn,
    [property: JsonPropertyName("access_token")] string AccessToken);

/// <summary>A token as the first version of the endpoint gives it out: numbers are strings, and instants are Unix times.</summary>
internal sealed record FormerTokenResponse(
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] string ExpiresIn,
    [property: JsonPropertyName("ext_expires_in")] string ExtendedExpiresIn,
    [property: JsonPropertyName("expires_on")] string ExpiresOn,
    [property: JsonPropertyName("not_before")] string NotBefore,
    [property: JsonPropertyName("resource")] string Resource,
    [property: JsonPropertyName("access_token")] string AccessToken)
{
    public static FormerTokenResponse Of(string token, string resource, DateTimeOffset now)
    {
        var seconds = Text((long)AccessTokens.Lifetime.TotalSeconds);
        return new FormerTokenResponse(
            "Bearer", seconds, seconds, Text((now + AccessTokens.Lifetime).ToUnixTimeSeconds()), Text(now.ToUnixTimeSeconds()), resource, token);

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Why there is none. RFC 6749, 5.2, with the members that Entra adds.</summary>
internal sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("error_codes")] int[] Codes,
    [property: JsonPropertyName("timestamp")] string Timestamp,
    [property: JsonPropertyName("trace_id")] Guid TraceId,
    [property: JsonPropertyName("correlation_id")] Guid CorrelationId)
{
    public static IResult Answer(int status, string error, int code, string message) => TypedResults.Json(
        new TokenError(
            error, string.Create(CultureInfo.InvariantCulture, $"AADSTS{code}: {message}"), [code],
            TimeProvider.System.GetUtcNow().ToString("u", CultureInfo.InvariantCulture), Guid.NewGuid(), Guid.NewGuid()),
        statusCode: status);
}
