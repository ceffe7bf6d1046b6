using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hookswitch.Identity;
using Hookswitch.Storage;

namespace Hookswitch.Tls;

/// <summary>
/// The certificate with which the server listens on https in development, and the CA that issued it. Made on first use and kept in the
/// data folder. The CA can speak for the names of this certificate alone, and its key is gone once it has issued it.
/// </summary>
internal sealed class DevelopmentCertificate : IDisposable
{
    /// <summary>What bots are made to trust.</summary>
    public const string AuthorityFile = "ca.pem";

    /// <summary>The certificate and its key in one file: they are replaced together.</summary>
    private const string ServerFile = "server.pem";

    /// <summary>Apple's platforms take no more than 825 days.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(800);

    /// <summary>Before its end it is remade, so that no server that runs for weeks outlives it.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    /// <summary>Containers and virtual machines are sometimes behind.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private static readonly ImmutableArray<string> Names = ["localhost", .. Clouds.Hosts];

    private static readonly ImmutableArray<IPAddress> Addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private DevelopmentCertificate(X509Certificate2 authority, X509Certificate2 server) => (Authority, Server) = (authority, server);

    /// <summary>The CA, without a key.</summary>
    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <summary>The certificate in that folder, made if there is none that is good for some time to come.</summary>
    public static DevelopmentCertificate Open(DataFolder folder)
    {
        if (Find(folder.Path) is { } found)
        {
            return found;
        }

        using var made = Issue(TimeProvider.System.GetUtcNow());
        made.Save(folder.Path);
        return Read(folder.Path);
    }

    /// <summary>The certificate in a folder that another process may hold. Null: there is none that will do.</summary>
    public static DevelopmentCertificate? Find(string folder)
    {
        try
        {
            var found = Read(folder);
            if (found.WillDo(TimeProvider.System.GetUtcNow()))
            {
                return found;
            }

            found.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A new CA, and the one certificate that it ever issues.</summary>
    public static DevelopmentCertificate Issue(DateTimeOffset now)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityRequest(authorityKey).CreateSelfSigned(now - ClockSkew, now + Lifetime);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = ServerRequest(serverKey, authority).Create(authority, now - ClockSkew, now + Lifetime, RandomNumberGenerator.GetBytes(16));
        return new DevelopmentCertificate(X509CertificateLoader.LoadCertificate(authority.RawData), server.CopyWithPrivateKey(serverKey));
    }

    public void Save(string folder)
    {
        using var key = Server.GetECDsaPrivateKey()!;
        SecretFile.Write(Path.Combine(folder, ServerFile), $"{Server.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        File.WriteAllText(Path.Combine(folder, AuthorityFile), Authority.ExportCertificatePem() + "\n");
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        var request = new CertificateRequest("CN=Hookswitch development CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(NameConstraints.Permit(Names, Addresses));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest ServerRequest(ECDsa key, X509Certificate2 authority)
    {
        var request = new CertificateRequest("CN=Hookswitch development server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // TLS servers
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
        {
            names.AddDnsName(name);
        }

        foreach (var address in Addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static DevelopmentCertificate Read(string folder)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, AuthorityFile));
        var server = X509Certificate2.CreateFromPemFile(Path.Combine(folder, ServerFile));
        if (OperatingSystem.IsWindows())
        {
            using var ephemeral = server; // its TLS does not take keys that were never stored
            server = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
        }

        return new DevelopmentCertificate(authority, server);
    }

    private bool WillDo(DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = (now + Renewal).LocalDateTime;
        var names = Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        return names is not null
            && Names.All(names.EnumerateDnsNames().Contains)
            && Addresses.All(names.EnumerateIPAddresses().Contains)
            && chain.Build(Server);
    }
}
