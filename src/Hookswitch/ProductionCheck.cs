using System.Globalization;
using Hookswitch.Identity;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Hookswitch.Storage;
using Hookswitch.Time;
using Hookswitch.Tls;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch;

/// <summary>What keeps a server from being there for others. All of it is said at once, each with the way out.</summary>
internal static class ProductionCheck
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <exception cref="UsageException">It must not start so.</exception>
    public static void Demand(ServerOptions options, AddressGuard guard, DataFolder folder, Func<Directory> open)
    {
        string[] problems = [.. OfSettings(options, guard), .. OfCertificate(options), .. OfDirectory(options, folder, open), .. OfFiles(options, folder)];
        if (problems.Length > 0)
        {
            throw new UsageException($"It is not safe to start. To put right:\n{string.Join('\n', problems.Select(one => $"- {one}"))}");
        }
    }

    private static IEnumerable<string> OfSettings(ServerOptions options, AddressGuard guard)
    {
        if (options.Clock == ClockKind.Manual)
        {
            yield return "The clock is manual, so that no call would ever time out. Leave clock out.";
        }

        foreach (var url in options.Urls.Where(url => IsPlain(url) && !Setting.IsLoopback(url)))
        {
            yield return $"{url} is open to others without TLS. Name an https address in urls, or a loopback address behind a proxy that speaks TLS.";
        }

        if (options.ControlKey is null)
        {
            yield return "The control API has no key. Put one of 32 random characters or more in a file that you alone can read, and name it with control.keyFile.";
        }
        else if (options.ControlKey.IsShort)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The key of the control API is shorter than {ControlKey.ShortestLength} characters, so that it could be guessed. Draw a longer one.");
        }

        if (options.Authority is { } authority && guard.Refuse(authority.AbsoluteUri) is { } refused)
        {
            yield return $"The address {authority} in identity.authority {refused}.";
        }
    }

    private static IEnumerable<string> OfCertificate(ServerOptions options)
    {
        if (options.Certificate is null)
        {
            return from url in options.Urls
                   where !IsPlain(url)
                   select $"{url} has no certificate: that of development is for this machine alone. Name one with tls.certificate and tls.key, or listen on http://127.0.0.1 behind a proxy that speaks TLS.";
        }

        try
        {
            using var certificate = ListeningCertificate.Read(options.Certificate, options.CertificateKey);
            return certificate.Until > TimeProvider.System.GetUtcNow() ? []
                : [string.Create(CultureInfo.InvariantCulture, $"The certificate {options.Certificate} has expired on {certificate.Until:yyyy-MM-dd}. Renew it.")];
        }
        catch (UsageException e)
        {
            return [e.Message];
        }
    }

    private static IEnumerable<string> OfDirectory(ServerOptions options, DataFolder folder, Func<Directory> open)
    {
        Directory directory;
        try
        {
            directory = open();
        }
        catch (UsageException e)
        {
            return [e.Message];
        }

        return directory.Applications.Count == 0 && options.Authority is null
            ? ["No application is registered, so that no bot could call. Name a file with directory, or the provider of access tokens with identity.authority."]
            : [.. directory.Applications.SelectMany(one => OfApplication(one, options)), .. OfSecrets(options, directory, folder)];
    }

    private static IEnumerable<string> OfApplication(Application application, ServerOptions options)
    {
        if (application.Id.Value.Equals(Directory.DevelopmentApplication, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"The application {application.Id} is that of development, which everyone knows. Register another one.";
        }

        if (application.Secret?.Matches(Directory.DevelopmentSecret) == true)
        {
            yield return $"The application {application.Id} has the secret of development, which everyone knows. Draw another one.";
        }

        if (application.Secret is null && options.Authority is null)
        {
            yield return $"The application {application.Id} has no secret, so that it could get no token. Give it one.";
        }
    }

    // What was changed over the control API is in a file of the server's own.
    private static IEnumerable<string> OfSecrets(ServerOptions options, Directory directory, DataFolder folder) =>
        directory.Applications.All(one => one.Secret is null) ? []
        : new[] { options.Directory, folder.File(Directory.ChangesFile) }.OfType<string>().SelectMany(OfSecretFile);

    private static IEnumerable<string> OfFiles(ServerOptions options, DataFolder folder) =>
        new[]
        {
            options.SettingsWithSecret, options.ControlKeyFile, options.CertificateKey ?? options.Certificate,
            folder.File(SigningKey.TokensFile), folder.File(SigningKey.CallbacksFile),
        }
        .OfType<string>().SelectMany(OfSecretFile);

    private static IEnumerable<string> OfSecretFile(string file)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file))
        {
            yield break; // a file that is missing is said by whoever reads it
        }

        // A link leads to the file that counts.
        var real = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if ((File.GetUnixFileMode(real) & Others) != UnixFileMode.None)
        {
            yield return $"The file {file} holds a secret, and others than its owner may read or change it. chmod 600 {file}";
        }
    }

    private static bool IsPlain(string url) => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase);
}
