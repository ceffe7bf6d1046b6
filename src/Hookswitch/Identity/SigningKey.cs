using System.Buffers.Text;
using System.Security.Cryptography;
using Hookswitch.Storage;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Identity;

/// <summary>An RSA key with which tokens are signed. Made at the first start and kept in the data folder, readable by its owner alone.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>NIST SP 800-57: enough until 2030.</summary>
    private const int Bits = 2048;

    private readonly RSA _rsa;

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Modulus = Base64Url.EncodeToString(parameters.Modulus);
        Exponent = Base64Url.EncodeToString(parameters.Exponent);
        Id = Base64Url.EncodeToString(new RsaSecurityKey(parameters).ComputeJwkThumbprint());
        Key = new RsaSecurityKey(rsa) { KeyId = Id };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256);
    }

    /// <summary>What tokens and metadata call it: its thumbprint (RFC 7638).</summary>
    public string Id { get; }

    public RsaSecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    public string Modulus { get; }

    public string Exponent { get; }

    /// <summary>Of access tokens, in the data folder.</summary>
    public const string TokensFile = "tokens.pem";

    /// <summary>Of the tokens that notifications carry.</summary>
    public const string CallbacksFile = "callbacks.pem";

    public static SigningKey Open(DataFolder folder, string name)
    {
        var path = folder.File(name);
        var rsa = RSA.Create(Bits);
        if (File.Exists(path))
        {
            rsa.ImportFromPem(File.ReadAllText(path));
        }
        else
        {
            SecretFile.Write(path, rsa.ExportPkcs8PrivateKeyPem());
        }

        return new SigningKey(rsa);
    }

    public void Dispose() => _rsa.Dispose();
}
