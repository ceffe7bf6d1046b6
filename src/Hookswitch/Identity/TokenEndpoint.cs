using System.Globalization;
using System.Text.Json.Serialization;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Microsoft.AspNetCore.Http.HttpResults;
using Application = Hookswitch.Phones.Application;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Identity;

/// <summary>Where applications get their tokens: the shape of Entra's token endpoint, client credentials only (RFC 6749, 4.4).</summary>
internal static class TokenEndpoint
{
    private const string DefaultScope = "/.default";

    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/{tenant}/oauth2/v2.0/token", Issue);

    private static async Task<IResult> Issue(string tenant, HttpRequest request, Directory directory, AccessTokens tokens)
    {
        if (!request.HasFormContentType)
        {
            return Refuse(400, "invalid_request", 900144, "The request body must be a form (application/x-www-form-urlencoded).");
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            var status = (e as BadHttpRequestException)?.StatusCode ?? 400;
            return Refuse(status, "invalid_request", 900144, $"The request body cannot be read: {e.Message}");
        }

        if (Problem(form) is { } problem)
        {
            return problem;
        }

        var application = directory.ApplicationOrDefault(new AppId(form["client_id"].ToString()));
        if (application.Secret is { } secret && !secret.Matches(form["client_secret"].ToString()))
        {
            return Refuse(401, "invalid_client", 7000215, $"Invalid client secret provided for application '{application.Id}'.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new TokenResponse(
            "Bearer", (int)AccessTokens.Lifetime.TotalSeconds, (int)AccessTokens.Lifetime.TotalSeconds,
            tokens.Issue(application, TenantOf(tenant, application))));
    }

    // Asked for at common or at a domain, a token carries the application's own tenant; an application may act in several tenants.
    private static string TenantOf(string tenant, Application application) =>
        Guid.TryParse(tenant, out var id) ? id.ToString("D") : application.Tenant;

    private static JsonHttpResult<TokenError>? Problem(IFormCollection form)
    {
        if (form["grant_type"] is var grant && grant != "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type", 70003, $"The grant type '{grant}' is not supported: client_credentials is.");
        }

        foreach (var needed in new[] { "client_id", "client_secret", "scope" })
        {
            if (string.IsNullOrEmpty(form[needed]))
            {
                return Refuse(400, "invalid_request", 900144, $"The request body must contain the following parameter: '{needed}'.");
            }
        }

        if (DirectoryReading.TextProblem(form["client_id"].ToString()) is { } wrong)
        {
            return Refuse(400, "invalid_request", 900144, $"The parameter 'client_id' {wrong}.");
        }

        var scope = form["scope"].ToString();
        return AccessTokens.Audiences.Any(audience => scope == audience + DefaultScope || scope == audience + "/" + DefaultScope)
            ? null
            : Refuse(400, "invalid_scope", 70011, $"The scope '{scope}' is not valid: {AccessTokens.Audiences[0]}{DefaultScope} is.");
    }

    private static JsonHttpResult<TokenError> Refuse(int status, string error, int code, string message) => TypedResults.Json(
        new TokenError(
            error, string.Create(CultureInfo.InvariantCulture, $"AADSTS{code}: {message}"), [code],
            TimeProvider.System.GetUtcNow().ToString("u", CultureInfo.InvariantCulture), Guid.NewGuid(), Guid.NewGuid()),
        statusCode: status);
}

/// <summary>A token. RFC 6749, 5.1, with the members that Entra adds.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("ext_expires_in")] int ExtendedExpiresIn,
    [property: JsonPropertyName("access_token")] string AccessToken);

/// <summary>Why there is none. RFC 6749, 5.2, with the members that Entra adds.</summary>
internal sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("error_codes")] int[] Codes,
    [property: JsonPropertyName("timestamp")] string Timestamp,
    [property: JsonPropertyName("trace_id")] Guid TraceId,
    [property: JsonPropertyName("correlation_id")] Guid CorrelationId);
