using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Cli;

/// <summary><c>hookswitch serve</c>: when it starts, and what it says when it does not.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task It_starts_where_nothing_is_wrong_and_its_control_API_needs_the_key()
    {
        using var folder = new ProductionFolder();
        await using var server = await ServerProcess.Start(folder.Arguments);

        Assert.Equal(200, (await server.Http.Ask("GET", "/health")).Status);
        Assert.Equal(401, (await server.Http.Ask("GET", "/control/applications")).Status);
        Assert.Equal(200, (await server.Http.Ask("GET", "/control/applications", token: ProductionFolder.ControlKey)).Status);
        Assert.Equal("401 InvalidAuthenticationToken", (await server.Http.Ask("GET", "/v1.0/communications/calls/x", token: ProductionFolder.ControlKey)).Outcome);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have other permissions there.");
        using var folder = new ProductionFolder(""" "secret":"development-secret","callbackUri":"http://127.0.0.1:1/calls" """);
        Others(folder.KeyFile);
        Others(folder.Directory);
        Others(folder.CertificateKey);
        await File.WriteAllTextAsync(folder.KeyFile, "short");

        var (exit, output, error) = await ServerProcess.Run(
            "serve", "--clock", "manual", "--urls", "http://0.0.0.0:5080;https://0.0.0.0:5443", "--data", folder.Data, "--directory", folder.Directory,
            "--control.keyFile", folder.KeyFile, "--tls.certificate", "/nowhere.pem", "--tls.key", folder.CertificateKey);

        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(
            [
                "hookswitch: It is not safe to start. To put right:",
                "- The clock is manual, so that no call would ever time out. Leave clock out.",
                "- http://0.0.0.0:5080 is open to others without TLS. Name an https address in urls, or a loopback address behind a proxy that speaks TLS.",
                "- The key of the control API is shorter than 32 characters, so that it could be guessed. Draw a longer one.",
                $"- The certificate /nowhere.pem with the key {folder.CertificateKey} cannot be read: Could not find file '/nowhere.pem'. Name two files in PEM with tls.certificate and tls.key.",
                $"- The directory file {folder.Directory} is wrong at line 2, in applications[0]: 'callbackUri' must not lead to 127.0.0.1: private addresses are connected to only where network.allow names them.",
                $"- The file {folder.KeyFile} holds a secret, and others than its owner may read or change it. chmod 600 {folder.KeyFile}",
                $"- The file {folder.CertificateKey} holds a secret, and others than its owner may read or change it. chmod 600 {folder.CertificateKey}",
            ],
            error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(""" "secret":"development-secret" """, "The application bbbbbbbb-0000-4000-8000-000000000001 has the secret of development, which everyone knows. Draw another one.")]
    [InlineData(""" "displayName":"No secret" """, "The application bbbbbbbb-0000-4000-8000-000000000001 has no secret, so that it could get no token. Give it one.")]
    [InlineData(""" "secret":"s" }, { "id":"d0000000-0000-4000-8000-000000000002","secret":"s" """, "The application d0000000-0000-4000-8000-000000000002 is that of development, which everyone knows. Register another one.")]
    [InlineData(""" "secret":"s","callbackUri":"http://bot.example/calls" """, "applications[0]: 'callbackUri' must be https.")]
    public async Task An_application_that_anyone_could_be_is_not_served(string application, string problem)
    {
        using var folder = new ProductionFolder(application);

        var (exit, _, error) = await ServerProcess.Run(folder.Arguments);

        Assert.Equal(2, exit);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_it_says_all_that_it_needs()
    {
        using var folder = new TestFolder();

        var (exit, _, error) = await ServerProcess.Run("serve", "--data", folder.Path);

        Assert.Equal(2, exit);
        Assert.Equal(
            [
                "hookswitch: It is not safe to start. To put right:",
                "- The control API has no key. Put one of 32 random characters or more in a file that you alone can read, and name it with control.keyFile.",
                "- https://127.0.0.1:5443 has no certificate: that of development is for this machine alone. Name one with tls.certificate and tls.key, or listen on http://127.0.0.1 behind a proxy that speaks TLS.",
                "- No application is registered, so that no bot could call. Name a file with directory, or the provider of access tokens with identity.authority.",
            ],
            error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Files_with_secrets_are_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have other permissions there.");
        using var folder = new ProductionFolder();
        var settings = Path.Combine(folder.Data, "settings.json");
        await File.WriteAllTextAsync(settings, $$$"""{"control":{"key":"{{{ProductionFolder.ControlKey}}}"}}""");
        string[] files = [folder.Directory, settings, Path.Combine(folder.Data, "tokens.pem"), Path.Combine(folder.Data, "callbacks.pem")];
        Array.ForEach(files, Others);

        var (exit, _, error) = await ServerProcess.Run(
            "serve", "--settings", settings, "--urls", "http://127.0.0.1:0", "--data", folder.Data, "--directory", folder.Directory);

        Assert.Equal(2, exit);
        Assert.All(files, file => Assert.Contains($"chmod 600 {file}\n", error, StringComparison.Ordinal));
        Assert.DoesNotContain(ProductionFolder.ControlKey, error, StringComparison.Ordinal);
    }

    private static void Others(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
        }
    }
}
