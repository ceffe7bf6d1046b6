using System.Security.Cryptography.X509Certificates;
using Hookswitch.Storage;
using Hookswitch.Tls;

namespace Hookswitch.Tests.Harness;

/// <summary>All that a server needs to be there for others: a directory, the key of the control API, and a certificate.</summary>
internal sealed class ProductionFolder : IDisposable
{
    public const string Application = "bbbbbbbb-0000-4000-8000-000000000001";

    public const string User = "cccccccc-0000-4000-8000-000000000001";

    public const string ControlKey = "0123456789abcdef-0123456789abcdef";

    private readonly TestFolder _files = new();
    private readonly TestFolder _data = new();

    /// <param name="application">Members of the application, as JSON.</param>
    public ProductionFolder(string application = """ "secret":"secret","callbackUri":"https://bot.example/calls" """)
    {
        using var certificate = DevelopmentCertificate.Issue(TimeProvider.System.GetUtcNow());
        using var key = certificate.Server.GetECDsaPrivateKey()!;
        File.WriteAllText(Certificate, certificate.Server.ExportCertificatePem());
        SecretFile.Write(CertificateKey, key.ExportPkcs8PrivateKeyPem());
        SecretFile.Write(KeyFile, ControlKey + "\n");
        SecretFile.Write(Directory, $$"""
            {
              "applications": [ { "id": "{{Application}}", "tenantId": "{{TestBot.Tenant}}", {{application}} } ],
              "users": [ { "id": "{{User}}" } ]
            }
            """);
    }

    public string Data => _data.Path;

    public string Directory => Path.Combine(_files.Path, "people.json");

    public string KeyFile => Path.Combine(_files.Path, "control.key");

    public string Certificate => Path.Combine(_files.Path, "tls.pem");

    public string CertificateKey => Path.Combine(_files.Path, "tls.key");

    /// <summary>Of a server that starts.</summary>
    public string[] Arguments =>
    [
        "serve", "--urls", "http://127.0.0.1:0;https://127.0.0.1:0", "--data", Data, "--directory", Directory, "--control.keyFile", KeyFile,
        "--tls.certificate", Certificate, "--tls.key", CertificateKey,
    ];

    /// <summary>The same for a server in this process, on http alone.</summary>
    public ServerOptions Options => ServerOptions.Of(Mode.Production) with
    {
        Urls = ["http://127.0.0.1:0"],
        Data = Data,
        Directory = Directory,
        ControlKey = Hookswitch.Identity.ControlKey.Read(KeyFile),
        ControlKeyFile = KeyFile,
    };

    public void Dispose()
    {
        _data.Dispose();
        _files.Dispose();
    }
}
