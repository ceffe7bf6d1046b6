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
    private const string NoNumber = "must be a number in E.164, such as +14255550123";

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Application Application(ApplicationEntry entry, string defaultTenant, AddressGuard guard) => new(
        new AppId(Text(entry.Id, "id") ?? throw new DirectoryEntryException("id", "is missing")),
        Text(entry.TenantId, "tenantId") ?? defaultTenant,
        Secret(entry),
        Permissions(entry.Permissions),
        Callback(entry.CallbackUri, guard),
        Style(entry.Style),
        entry.QuotedCodes ?? false,
        Text(entry.DisplayName, "displayName"));

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static User User(UserEntry entry, string defaultTenant) => new(
        Text(entry.Id, "id") ?? throw new DirectoryEntryException("id", "is missing"),
        Text(entry.DisplayName, "displayName"),
        Text(entry.TenantId, "tenantId") ?? defaultTenant,
        Line(entry.Phones, entry.Applications),
        entry.AllowPrivateCalls ?? true);

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Number Number(NumberEntry entry) => new(
        entry.Id is { } id && IsNumber(id) ? id : throw new DirectoryEntryException("id", NoNumber),
        Text(entry.DisplayName, "displayName"),
        Line(entry.Phones, entry.Applications));

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static ApplicationInstance ApplicationInstance(ApplicationInstanceEntry entry) => new(
        Text(entry.Id, "id") ?? throw new DirectoryEntryException("id", "is missing"),
        new AppId(Text(entry.Application, "application") ?? throw new DirectoryEntryException("application", "is missing")),
        entry.Number is { } number && IsNumber(number) ? number : throw new DirectoryEntryException("number", NoNumber),
        Text(entry.DisplayName, "displayName"));

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

        return new Script([.. steps.Select((step, i) => Step(step, At(path, i)))]);
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
        new()
        {
            Id = user.Id,
            DisplayName = user.DisplayName,
            TenantId = user.Tenant,
            Phones = Entries(user.Line.Phones),
            Applications = Entries(user.Line.Applications),
            AllowPrivateCalls = user.AllowsPrivateCalls,
        };

    public static NumberEntry Entry(Number number) =>
        new()
        {
            Id = number.Id,
            DisplayName = number.DisplayName,
            Phones = Entries(number.Line.Phones),
            Applications = Entries(number.Line.Applications),
        };

    public static ApplicationInstanceEntry Entry(ApplicationInstance instance) =>
        new() { Id = instance.Id, Application = instance.Application.Value, Number = instance.Number, DisplayName = instance.DisplayName };

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
                At("permissions", i),
                $"is no permission of the calls API. There are: {string.Join(", ", Calling.Permissions.ByRole.Keys.Order(StringComparer.Ordinal))}"))];

    private static string? Callback(string? address, AddressGuard guard) =>
        address is null ? null
        : guard.Refuse(address) is { } problem ? throw new DirectoryEntryException("callbackUri", problem)
        : address;

    private static NotificationStyle Style(string? style) => style switch
    {
        null or "documented" => NotificationStyle.Documented,
        "observed" => NotificationStyle.Observed,
        _ => throw new DirectoryEntryException("style", "must be documented or observed"),
    };

    private static Line Line(IReadOnlyList<PhoneEntry>? phones, IReadOnlyList<string>? applications)
    {
        if ((phones?.Count ?? 0) + (applications?.Count ?? 0) > MaxPhones)
        {
            throw new DirectoryEntryException("phones", $"and applications are more than {MaxPhones}");
        }

        return new Line(
            phones is null ? Phones.Line.Default.Phones : [.. phones.Select((phone, i) => Phone(phone, At("phones", i), Phones.Phone.Default.Script))],
            [.. (applications ?? []).Select((id, i) => new AppId(
                Text(id, At("applications", i)) ?? throw new DirectoryEntryException(At("applications", i), "must not be null")))]);
    }

    /// <param name="whenLeftOut">What a phone does of which nobody said anything.</param>
    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Phone Phone(PhoneEntry? phone, string path, Script whenLeftOut) => phone is null
        ? throw new DirectoryEntryException(path, "must not be null")
        : new Phone(
            phone.Script is { } script ? Script(script, $"{path}.script") : whenLeftOut,
            new PhoneHabits(phone.Acknowledges ?? true, phone.BringsMedia ?? true),
            phone.Offline ?? false);

    private static ScriptStep Step(StepEntry? step, string path)
    {
        var action = (step ?? throw new DirectoryEntryException(path, "must not be null")).Do is { } word && PhoneWords.Actions.TryGetValue(word, out var known)
            ? known
            : throw new DirectoryEntryException($"{path}.do", $"must be one of {string.Join(", ", PhoneWords.Actions.Keys.Order(StringComparer.Ordinal))}");
        return new ScriptStep(action, Wait(step.After, $"{path}.after"))
        {
            SipStatus = action == PhoneAction.Refuse ? Status(step.Status, $"{path}.status") : null,
            Tone = action == PhoneAction.Press ? Key(step.Key, $"{path}.key") : null,
            Sound = action == PhoneAction.Speak ? Sound(step.Sound, $"{path}.sound") : null,
        };
    }

    /// <exception cref="DirectoryEntryException">It is none with which a call is refused. RFC 3261, 21.</exception>
    public static int Status(int? status, string property) => status is >= 300 and < 700 and var good
        ? good
        : throw new DirectoryEntryException(property, "must be a SIP status from 300 to 699, such as 503");

    /// <exception cref="DirectoryEntryException">No telephone has that key.</exception>
    public static Tone Key(string? key, string property) =>
        PhoneWords.Key(key ?? "") ?? throw new DirectoryEntryException(property, "must be a key of a telephone: 0 to 9, *, # or a to d");

    /// <exception cref="DirectoryEntryException">No sound can have that name.</exception>
    public static string Sound(string? name, string property) =>
        Text(name, property) ?? throw new DirectoryEntryException(property, "is missing: it names a sound of /control/sounds");

    /// <summary>The path of one element of a list.</summary>
    public static string At(string list, int i) => string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");

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

    public static PhoneEntry Entry(Phone phone) => new()
    {
        Script = [.. phone.Script.Steps.Select(Entry)],
        Offline = phone.IsOffline ? true : null,
        Acknowledges = phone.Habits.Acknowledges ? null : false,
        BringsMedia = phone.Habits.BringsMedia ? null : false,
    };

    private static IReadOnlyList<PhoneEntry> Entries(ImmutableArray<Phone> phones) => [.. phones.Select(Entry)];

    private static IReadOnlyList<string>? Entries(ImmutableArray<AppId> applications) =>
        applications.IsEmpty ? null : [.. applications.Select(one => one.Value)];

    private static StepEntry Entry(ScriptStep step) => new()
    {
        Do = PhoneWords.Of(step.Action),
        After = XmlConvert.ToString(step.After),
        Status = step.SipStatus,
        Key = step.Tone is { } tone ? PhoneWords.Of(tone) : null,
        Sound = step.Sound,
    };

    /// <summary>What is wrong with an id or another short text; null: nothing.</summary>
    public static string? TextProblem(string text) => text switch
    {
        "" => "must not be empty",
        { Length: > MaxText } => $"is longer than {MaxText} characters",
        _ when text.Any(char.IsControl) => "must not contain control characters",
        _ => null,
    };

    /// <exception cref="DirectoryEntryException">It is no short text.</exception>
    public static string? Text(string? text, string property) =>
        text is not null && TextProblem(text) is { } problem ? throw new DirectoryEntryException(property, problem) : text;
}
