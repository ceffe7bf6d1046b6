using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Hookswitch.Tls;

/// <summary>The certificate with which a server listens on https, from files in PEM.</summary>
internal sealed class ListeningCertificate : IDisposable
{
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2Collection _chain;

    private ListeningCertificate(X509Certificate2 server, X509Certificate2Collection chain) => (_server, _chain) = (server, chain);

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset Until => new(_server.NotAfter);

    public static ListeningCertificate Of(DevelopmentCertificate certificate) => new(certificate.Server, []);

    /// <param name="file">The certificate, and those of its chain behind it.</param>
    /// <param name="key">Its private key, not encrypted; null: it is in the same file.</param>
    /// <exception cref="UsageException">There is none in the files.</exception>
    public static ListeningCertificate Read(string file, string? key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            var server = X509Certificate2.CreateFromPemFile(file, key ?? file);
            if (OperatingSystem.IsWindows())
            {
                using var ephemeral = server; // its TLS does not take keys that were never stored
                server = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
            }

            return new ListeningCertificate(server, chain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException(
                $"The certificate {file}{(key is null ? "" : $" with the key {key}")} cannot be read: {e.Message} Name two files in PEM with tls.certificate and tls.key.");
        }
    }

    public void Apply(HttpsConnectionAdapterOptions https) => (https.ServerCertificate, https.ServerCertificateChain) = (_server, _chain);

    public void Dispose()
    {
        _server.Dispose();
        foreach (var one in _chain)
        {
            one.Dispose();
        }
    }
}
