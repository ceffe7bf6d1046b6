using System.CommandLine;
using Hookswitch.Storage;
using Hookswitch.Tls;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch certificate</c>: what a bot has to trust so that it takes the server's https, and how it is told to.</summary>
internal static class CertificateCommand
{
    private const string StandardOutput = "-";

    public static Command Create()
    {
        var export = new Option<string?>("--export") { HelpName = "FILE", Description = "Write the CA certificate (PEM) there and say nothing; - is the standard output." };
        var settings = new SettingOptions("data");
        var command = new Command("certificate", "Say where the CA of the development certificate is, and how to trust it. Makes it if there is none.");
        command.Add(export);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = settings.Read(parsed).Data;
            var authority = Authority(folder);
            await (parsed.GetValue(export) is { } file
                ? Export(file, authority, cancellation)
                : Console.Out.WriteAsync(Explain(Path.Combine(folder, DevelopmentCertificate.AuthorityFile))));
            return 0;
        });
        return command;
    }

    // A server may hold the folder: then there is a certificate already.
    private static string Authority(string path)
    {
        if (DevelopmentCertificate.Find(path) is { } found)
        {
            using (found)
            {
                return found.Authority.ExportCertificatePem();
            }
        }

        using var folder = DataFolder.Open(path);
        using var made = DevelopmentCertificate.Open(folder);
        return made.Authority.ExportCertificatePem();
    }

    private static async Task Export(string file, string pem, CancellationToken cancellation)
    {
        if (file == StandardOutput)
        {
            await Console.Out.WriteLineAsync(pem);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(file, pem + "\n", cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The certificate cannot be written to {file}: {e.Message}");
        }
    }

    private static string Explain(string file) => $"""
        The CA of the development certificate is
          {file}
        It can speak for this machine and for the hosts of Graph that bots hard-code, and its key is gone.

        A bot that is started by `hookswitch run -- COMMAND` trusts it already. Else, set for the bot alone:
          .NET on Linux   SSL_CERT_FILE={file}         (replaces the system's roots)
          Node            NODE_EXTRA_CA_CERTS={file}
          curl            curl --cacert {file}
        .NET on Windows and macOS has no such variable: it takes what the user's certificate store trusts.

        """;
}
