using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Hookswitch.Proxy;
using Hookswitch.Storage;
using Hookswitch.Tls;

namespace Hookswitch.Cli;

/// <summary>
/// <c>hookswitch run -- COMMAND</c>: a server, and a bot that takes it for Graph. The hosts that the bot hard-codes lead to the server by way of a
/// proxy, and it trusts the server's certificate; both by the environment variables that HTTP clients read.
/// </summary>
internal static class RunCommand
{
    public const string Name = "run";

    /// <summary>The system's roots and ours: <c>SSL_CERT_FILE</c> replaces what the system trusts.</summary>
    private const string RootsFile = "roots.pem";

    public static Command Create()
    {
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "The command that starts the bot, and its arguments, after --." };
        var settings = SettingOptions.Of(Mode.Development);
        var command = new Command(Name, "Start a server, and a bot whose Graph, login and callback keys lead to it: hookswitch run -- node bot.js");
        command.Add(words);
        settings.AddTo(command);
        command.SetAction((parsed, _) => Run(settings.Read(parsed), parsed.GetRequiredValue(words)));
        return command;
    }

    private static async Task<int> Run(ServerOptions options, string[] words)
    {
        var secured = options.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            ? options
            : options with { Urls = [.. options.Urls, "https://127.0.0.1:0"] };
        await using var server = await Server.Start(secured, logging => DevCommand.Log(logging, options.Log, toError: LogLevel.Trace)); // the output is the bot's
        var certificate = server.Services.GetRequiredService<DevelopmentCertificate>();
        var rules = new ProxyRules(options.Cloud, options.PassOn);
        await using var proxy = await LeadingProxy.Start(rules, server.SecureAddress!, certificate.Authority);
        await Console.Error.WriteLineAsync($"Hookswitch is running at {server.Address.GetLeftPart(UriPartial.Authority)}; {string.Join(", ", options.Cloud.Hosts)} lead there.");
        return await BotProcess.Run(words, Environment(server.Services.GetRequiredService<DataFolder>(), certificate, proxy));
    }

    private static Dictionary<string, string> Environment(DataFolder folder, DevelopmentCertificate certificate, LeadingProxy proxy)
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        var roots = folder.File(RootsFile);
        File.WriteAllText(roots, $"{store.Certificates.ExportCertificatePems()}\n{certificate.Authority.ExportCertificatePem()}\n");
        var address = proxy.Address.GetLeftPart(UriPartial.Authority);
        return new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = address,
            ["https_proxy"] = address,
            ["NO_PROXY"] = "127.0.0.1,localhost",
            ["no_proxy"] = "127.0.0.1,localhost",
            ["SSL_CERT_FILE"] = roots, // .NET on Linux, Go, Ruby and all that stands on OpenSSL
            ["NODE_EXTRA_CA_CERTS"] = folder.File(DevelopmentCertificate.AuthorityFile),
            ["NODE_USE_ENV_PROXY"] = "1", // Node 22.21 and later: its fetch too
        };
    }
}
