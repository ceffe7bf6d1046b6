using System.Security.Cryptography;
using Hookswitch.Storage;
using Hookswitch.Tls;
using Directory = System.IO.Directory;

namespace Hookswitch.Tests.Harness;

/// <summary>A data folder of a test, deleted with it. Its keys and its certificate are made once for all tests: making them takes longer than most tests.</summary>
internal sealed class TestFolder : IDisposable
{
    private static readonly Lazy<string> Tokens = new(NewKey);
    private static readonly Lazy<string> Callbacks = new(NewKey);

    private static readonly Lazy<DevelopmentCertificate> Certificate = new(() => DevelopmentCertificate.Issue(TimeProvider.System.GetUtcNow()));

    public TestFolder()
    {
        Certificate.Value.Save(Path);
        SecretFile.Write(System.IO.Path.Combine(Path, "tokens.pem"), Tokens.Value);
        SecretFile.Write(System.IO.Path.Combine(Path, "callbacks.pem"), Callbacks.Value);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("hookswitch-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
