using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hookswitch.Identity;
using Hookswitch.Tls;
using Directory = System.IO.Directory;

namespace Hookswitch.Tests.Tls;

/// <summary>The certificate of development: for whom it speaks, and when it is made anew.</summary>
public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hookswitch-test-").FullName;

    [Fact]
    public void It_speaks_for_this_machine_and_for_every_host_that_bots_hard_code()
    {
        using var certificate = DevelopmentCertificate.Issue(Now);

        Assert.All([.. Clouds.Hosts, "localhost", "127.0.0.1", "::1"], name => Assert.True(certificate.Server.MatchesHostname(name), name));
        Assert.False(certificate.Server.MatchesHostname("example.com"));
    }

    [Fact]
    public void Its_CA_can_speak_for_no_other_name_and_has_no_key()
    {
        using var certificate = DevelopmentCertificate.Issue(Now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = new CertificateRequest(certificate.Authority.SubjectName, key, HashAlgorithmName.SHA256)
        {
            CertificateExtensions = { certificate.Authority.Extensions["2.5.29.30"]!, X509BasicConstraintsExtension.CreateForCertificateAuthority() },
        }.CreateSelfSigned(Now, Now.AddDays(1));

        Assert.False(certificate.Authority.HasPrivateKey);
        Assert.True(Trusts(authority, "graph.microsoft.com"));
        Assert.True(Trusts(authority, "localhost"));
        Assert.False(Trusts(authority, "example.com"));
        Assert.False(Trusts(authority, "microsoft.com"));
    }

    [Fact]
    public void It_is_made_on_first_use_and_kept()
    {
        Assert.Null(DevelopmentCertificate.Find(_folder));

        Assert.Equal(Serial(), Serial());
    }

    [Fact]
    public void Its_key_is_readable_by_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Serial();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path.Combine(_folder, "server.pem")).UnixFileMode);
    }

    [Theory]
    [InlineData(-801)]
    [InlineData(-771)]
    public void It_is_made_anew_when_it_has_expired_or_soon_will(int days)
    {
        using var old = DevelopmentCertificate.Issue(Now.AddDays(days));
        old.Save(_folder);

        Assert.NotEqual(old.Server.SerialNumber, Serial());
    }

    [Fact]
    public void It_is_made_anew_when_it_lacks_a_name()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(100));
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), other.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.pem"), $"{other.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");

        Assert.NotEqual(other.SerialNumber, Serial());
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("server.pem")]
    public void It_is_made_anew_when_a_file_of_it_is_damaged_or_of_another(string file)
    {
        var first = Serial();
        File.WriteAllText(Path.Combine(_folder, file), "-----BEGIN CERTIFICATE-----");
        var second = Serial();
        using var another = DevelopmentCertificate.Issue(Now);
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), another.Authority.ExportCertificatePem());

        Assert.Equal(3, new[] { first, second, Serial() }.Distinct(StringComparer.Ordinal).Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private string Serial()
    {
        using var folder = Hookswitch.Storage.DataFolder.Open(_folder);
        using var certificate = DevelopmentCertificate.Open(folder);
        return certificate.Server.SerialNumber;
    }

    private static bool Trusts(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        var request = new CertificateRequest("CN=a server", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        using var server = request.Create(authority, Now, Now.AddDays(1).AddMinutes(-1), RandomNumberGenerator.GetBytes(16));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(server);
    }
}
