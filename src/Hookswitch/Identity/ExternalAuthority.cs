using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Identity;

/// <summary>Someone else who gives out access tokens: any OpenID provider. Its keys are fetched, kept, and fetched again when a token names a new one.</summary>
/// <remarks>OpenID Connect Discovery 1.0, 4.</remarks>
internal sealed class ExternalAuthority : IDisposable
{
    /// <summary>Of tokens that were signed with a key, never with a secret. RFC 8725, 3.1.</summary>
    private static readonly ImmutableArray<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Whoever invents keys cannot make this server ask for them more often.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);

    /// <summary>In which metadata and keys must have come; requests wait for them meanwhile.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>After it gave no keys, in which it is not asked again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Large providers publish some ten kilobytes.</summary>
    private const int MaxDocument = 1024 * 1024;

    /// <summary>Of what went wrong, what clients are shown.</summary>
    private const int MaxReason = 200;

    private readonly Directory _directory;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _renewing = new(1);
    private ConfigurationManager<OpenIdConnectConfiguration> _keys;
    private DateTimeOffset _renewAfter;
    private (string Problem, DateTimeOffset Until) _failure = ("", DateTimeOffset.MinValue);

    public ExternalAuthority(Uri address, Directory directory, AddressGuard guard)
    {
        (Address, _directory) = (address, directory);
        _http = new HttpClient(guard.Handler())
        {
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaxDocument,
        };
        _keys = NewKeys();
    }

    public Uri Address { get; }

    /// <summary>The tenant of an application whose tokens name none.</summary>
    public string TenantOf(AppId application) => _directory.ApplicationOrDefault(application).Tenant;

    /// <exception cref="AuthorityUnavailableException">Its keys cannot be had.</exception>
    public async Task<TokenValidationResult> Validate(JsonWebTokenHandler handler, string token, TokenValidationParameters expected)
    {
        var known = await Configuration();
        var result = await handler.ValidateTokenAsync(token, With(known, expected));
        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException)
        {
            return result;
        }

        var renewed = await Renewed();
        return renewed == known ? result : await handler.ValidateTokenAsync(token, With(renewed, expected));
    }

    public void Dispose()
    {
        _http.Dispose();
        _renewing.Dispose();
    }

    private async Task<OpenIdConnectConfiguration> Configuration()
    {
        var (problem, until) = _failure;
        if (TimeProvider.System.GetUtcNow() < until)
        {
            throw new AuthorityUnavailableException(problem);
        }

        try
        {
            return await Fetched(_keys);
        }
        catch (AuthorityUnavailableException e)
        {
            _failure = (e.Message, TimeProvider.System.GetUtcNow() + RetryAfter);
            throw;
        }
    }

    // The manager's own refresh goes on behind one's back. This one is waited for: else the first token of a new key would be refused.
    private async Task<OpenIdConnectConfiguration> Renewed()
    {
        await _renewing.WaitAsync();
        try
        {
            if (TimeProvider.System.GetUtcNow() < _renewAfter)
            {
                return await Configuration();
            }

            _renewAfter = TimeProvider.System.GetUtcNow() + RefreshInterval;
            var keys = NewKeys();
            var configuration = await Fetched(keys);
            _keys = keys;
            return configuration;
        }
        finally
        {
            _renewing.Release();
        }
    }

    private ConfigurationManager<OpenIdConnectConfiguration> NewKeys() => new(
        $"{Address.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(_http) { RequireHttps = !Address.IsLoopback });

    private async Task<OpenIdConnectConfiguration> Fetched(ConfigurationManager<OpenIdConnectConfiguration> keys)
    {
        try
        {
            return await keys.GetConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            var reason = e.GetBaseException().Message;
            throw new AuthorityUnavailableException(
                $"The authority {Address} gives no keys, so that its tokens cannot be checked: {reason[..Math.Min(reason.Length, MaxReason)]}");
        }
    }

    private static TokenValidationParameters With(OpenIdConnectConfiguration configuration, TokenValidationParameters expected)
    {
        var parameters = expected.Clone();
        parameters.ValidAlgorithms = Algorithms;
        parameters.IssuerSigningKeys = configuration.SigningKeys;
        // An authority of many tenants publishes a template.
        parameters.IssuerValidator = (issuer, token, _) =>
            issuer == configuration.Issuer?.Replace("{tenantid}", (token as JsonWebToken)?.TryGetPayloadValue<string>("tid", out var tenant) == true ? tenant : "", StringComparison.Ordinal)
                ? issuer
                : throw new SecurityTokenInvalidIssuerException();
        return parameters;
    }
}

/// <summary>Whether a token is good cannot be said now.</summary>
internal sealed class AuthorityUnavailableException(string message) : Exception(message);
