using System.Security.Cryptography.X509Certificates;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Cli;

/// <summary><c>hookswitch certificate</c>: how a bot is made to trust the server.</summary>
public sealed class CertificateCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task It_says_where_the_CA_is_and_how_each_kind_of_bot_trusts_it()
    {
        var (exit, output, error) = await ServerProcess.Run("certificate", "--data", _folder.Path);

        var file = Path.Combine(_folder.Path, "ca.pem");
        Assert.Equal((0, ""), (exit, error));
        Assert.All(
            new[] { $"SSL_CERT_FILE={file}", $"NODE_EXTRA_CA_CERTS={file}", $"curl --cacert {file}" },
            way => Assert.Contains(way, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_writes_the_CA_to_the_standard_output_or_to_a_file_also_while_a_server_runs()
    {
        await using var server = await ServerProcess.Start(_folder);
        var copy = Path.Combine(_folder.Path, "copy.pem");

        var (_, output, _) = await ServerProcess.Run("certificate", "--data", _folder.Path, "--export", "-");
        var (exit, nothing, error) = await ServerProcess.Run("certificate", "--data", _folder.Path, "--export", copy);

        Assert.Equal((0, "", ""), (exit, nothing, error));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "ca.pem")), output);
        Assert.Equal(output, await File.ReadAllTextAsync(copy));
        Assert.False(X509Certificate2.CreateFromPem(output).HasPrivateKey);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said()
    {
        var (exit, _, error) = await ServerProcess.Run("certificate", "--data", _folder.Path, "--export", "/nowhere/ca.pem");

        Assert.Equal(2, exit);
        Assert.StartsWith("hookswitch: The certificate cannot be written to /nowhere/ca.pem: ", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
