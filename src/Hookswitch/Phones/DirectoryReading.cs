using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Phones;

/// <summary>Makes entries that people wrote into parties that can be called. Every entry passes here, from a file or over the control API.</summary>
internal static class DirectoryReading
{
    /// <summary>No step of a script waits longer.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private const int MaxText = 256;
    private const int MaxPhones = 10;

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Application Application(ApplicationEntry entry, string defaultTenant) => new(
        new AppId(Text(entry.Id, "id") ?? throw new DirectoryEntryException("id", "is missing")),
        Text(entry.TenantId, "tenantId") ?? defaultTenant,
        Secret(entry),
        Permissions(entry.Permissions),
        Callback(entry.CallbackUri),
        Style(entry.Style),
        entry.QuotedCodes ?? false,
        Text(entry.DisplayName, "displayName"));

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static User User(UserEntry entry, string defaultTenant) => new(
        Text(entry.Id, "id") ?? throw new DirectoryEntryException("id", "is missing"),
        Text(entry.DisplayName, "displayName"),
        Text(entry.TenantId, "tenantId") ?? defaultTenant,
        Phones(entry.Phones));

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Number Number(NumberEntry entry) => new(
        entry.Id is { } id && IsNumber(id) ? id : throw new DirectoryEntryException("id", "must be a number in E.164, such as +14255550123"),
        Text(entry.DisplayName, "displayName"),
        Phones(entry.Phones));

    /// <summary>A plus sign and up to 15 digits. ITU-T E.164.</summary>
    public static bool IsNumber(string text) =>
        text.Length is > 3 and <= 16 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <exception cref="DirectoryEntryException">A step makes no sense.</exception>
    public static Script Script(IReadOnlyList<StepEntry> steps, string path)
    {
        if (steps.Count > Calling.Script.MaxSteps)
        {
            throw new DirectoryEntryException(path, $"has more than {Calling.Script.MaxSteps} steps");
        }

        return new Script([.. steps.Select((step, i) => Step(step, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))]);
    }

    public static ApplicationEntry Entry(Application application) => new()
    {
        Id = application.Id.Value,
        TenantId = application.Tenant,
        SecretHash = application.Secret?.ToString(),
        Permissions = [.. application.Permissions.Select(Calling.Permissions.RoleOf)],
        CallbackUri = application.Callback,
        Style = application.Style == NotificationStyle.Observed ? "observed" : "documented",
        QuotedCodes = application.QuotedCodes,
        DisplayName = application.DisplayName,
    };

    public static UserEntry Entry(User user) =>
        new() { Id = user.Id, DisplayName = user.DisplayName, TenantId = user.Tenant, Phones = Entries(user.Phones) };

    public static NumberEntry Entry(Number number) =>
        new() { Id = number.Id, DisplayName = number.DisplayName, Phones = Entries(number.Phones) };

    private static HashedSecret? Secret(ApplicationEntry entry) => entry switch
    {
        { SecretHash: { } hash } => HashedSecret.Parse(hash) ?? throw new DirectoryEntryException("secretHash", "is no hash that this server made"),
        { Secret: { Length: > 0 } secret } => HashedSecret.Of(secret),
        { Secret: "" } => throw new DirectoryEntryException("secret", "must not be empty; leave it out to accept any secret"),
        _ => null,
    };

    private static ImmutableSortedSet<Permission> Permissions(IReadOnlyList<string>? roles) => roles is null
        ? [.. Calling.Permissions.ByRole.Values]
        : [.. roles.Select((role, i) => Calling.Permissions.ByRole.TryGetValue(role ?? "", out var permission)
            ? permission
            : throw new DirectoryEntryException(
                string.Create(CultureInfo.InvariantCulture, $"permissions[{i}]"),
                $"is no permission of the calls API. There are: {string.Join(", ", Calling.Permissions.ByRole.Keys.Order(StringComparer.Ordinal))}"))];

    private static string? Callback(string? address) =>
        address is null ? null
        : AddressGuard.Refuse(address) is { } problem ? throw new DirectoryEntryException("callbackUri", problem)
        : address;

    private static NotificationStyle Style(string? style) => style switch
    {
        null or "documented" => NotificationStyle.Documented,
        "observed" => NotificationStyle.Observed,
        _ => throw new DirectoryEntryException("style", "must be documented or observed"),
    };

    private static ImmutableArray<Phone> Phones(IReadOnlyList<PhoneEntry>? phones)
    {
        if (phones is { Count: > MaxPhones })
        {
            throw new DirectoryEntryException("phones", $"are more than {MaxPhones}");
        }

        return phones is null
            ? [Phone.Default]
            : [.. phones.Select((phone, i) => One(phone, string.Create(CultureInfo.InvariantCulture, $"phones[{i}]")))];
    }

    private static Phone One(PhoneEntry? phone, string path) => phone switch
    {
        null => throw new DirectoryEntryException(path, "must not be null"),
        { Script: { } script } => new Phone(Script(script, $"{path}.script")),
        _ => Phone.Default,
    };

    private static ScriptStep Step(StepEntry? step, string path) => new(
        (step ?? throw new DirectoryEntryException(path, "must not be null")).Do?.ToUpperInvariant() switch
        {
            "RING" => PhoneAction.Ring,
            "ANSWER" => PhoneAction.Answer,
            "DECLINE" => PhoneAction.Decline,
            "HANGUP" => PhoneAction.HangUp,
            _ => throw new DirectoryEntryException($"{path}.do", "must be ring, answer, decline or hangUp"),
        },
        Wait(step.After, $"{path}.after"));

    private static TimeSpan Wait(string? text, string path)
    {
        if (text is null)
        {
            return TimeSpan.Zero;
        }

        try
        {
            var wait = XmlConvert.ToTimeSpan(text);
            return wait >= TimeSpan.Zero && wait <= MaxWait
                ? wait
                : throw new DirectoryEntryException(path, "must be between PT0S and P1D");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DirectoryEntryException(path, "must be an ISO 8601 duration, such as PT0.3S");
        }
    }

    private static IReadOnlyList<PhoneEntry> Entries(ImmutableArray<Phone> phones) =>
    [
        .. phones.Select(phone => new PhoneEntry
        {
            Script = [.. phone.Script.Steps.Select(step => new StepEntry { Do = Name(step.Action), After = XmlConvert.ToString(step.After) })],
        }),
    ];

    private static string Name(PhoneAction action) => action switch
    {
        PhoneAction.Ring => "ring",
        PhoneAction.Answer => "answer",
        PhoneAction.Decline => "decline",
        _ => "hangUp",
    };

    /// <summary>What is wrong with an id or another short text; null: nothing.</summary>
    public static string? TextProblem(string text) => text switch
    {
        "" => "must not be empty",
        { Length: > MaxText } => $"is longer than {MaxText} characters",
        _ when text.Any(char.IsControl) => "must not contain control characters",
        _ => null,
    };

    private static string? Text(string? text, string property) =>
        text is not null && TextProblem(text) is { } problem ? throw new DirectoryEntryException(property, problem) : text;
}
