using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>An application that calls and is called: a bot's registration.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="Callback">Where its incoming calls are announced; null: it takes none.</param>
internal sealed record Application(
    AppId Id, string Tenant, HashedSecret? Secret, ImmutableSortedSet<Permission> Permissions, string? Callback, NotificationStyle Style,
    bool QuotedCodes, string? DisplayName)
{
    public Calling.Identity Identity => new(IdentityKind.Application, Id.Value, DisplayName);
}

/// <summary>What is called when a user or a number is called: phones that ring, and applications that are told.</summary>
internal sealed record Line(ImmutableArray<Phone> Phones, ImmutableArray<AppId> Applications)
{
    /// <summary>What everyone has of whom nobody said anything.</summary>
    public static Line Default { get; } = new([Phone.Default], []);
}

/// <summary>A person.</summary>
/// <param name="AllowsPrivateCalls">The calling policy: false, and whoever calls hears 480/10199.</param>
internal sealed record User(string Id, string? DisplayName, string Tenant, Line Line, bool AllowsPrivateCalls)
{
    public Calling.Identity Identity => new(IdentityKind.User, Id, DisplayName, Tenant);
}

/// <summary>A telephone number.</summary>
/// <param name="Id">E.164, with its plus sign.</param>
internal sealed record Number(string Id, string? DisplayName, Line Line)
{
    public Calling.Identity Identity => new(IdentityKind.Phone, Id, DisplayName);
}

/// <summary>A resource account: as which an application calls the telephone network, and under whose number it is called from there.</summary>
/// <param name="Application">The only one that may call as this account.</param>
internal sealed record ApplicationInstance(string Id, AppId Application, string Number, string? DisplayName)
{
    public Calling.Identity Identity => new(IdentityKind.ApplicationInstance, Id, DisplayName);
}

/// <summary>A scripted phone.</summary>
/// <param name="IsOffline">It is not called: nobody can reach it.</param>
internal sealed record Phone(Script Script, PhoneHabits Habits, bool IsOffline = false)
{
    /// <summary>What a phone does of which nobody said anything: it rings after 100 ms and is answered after 300 ms.</summary>
    public static Phone Default { get; } = new(new Script(
    [
        new ScriptStep(PhoneAction.Ring, TimeSpan.FromMilliseconds(100)),
        new ScriptStep(PhoneAction.Answer, TimeSpan.FromMilliseconds(200)),
    ]), PhoneHabits.Usual);
}

/// <summary>Everyone whom the server knows: as it stands in the directory file, and in the data folder once it was changed.</summary>
internal sealed record DirectoryContent
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a number begins with a plus sign, which people want to read
        RespectNullableAnnotations = true,
        WriteIndented = true,
        AllowDuplicateProperties = false, // which of the two is meant, nobody knows
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt member would be a setting that does nothing
    };

    /// <summary>What is wrong with a text that could not be read, in words for people: the library's own name our types.</summary>
    public static string Explain(JsonException e)
    {
        var member = e.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "the text";
        return e.Message switch
        {
            var text when text.StartsWith("Duplicate property", StringComparison.Ordinal) => $"{member} stands more than once.",
            var text when text.Contains("could not be mapped", StringComparison.Ordinal) => $"{member} is no member that is known here.",
            var text when text.Contains("could not be converted", StringComparison.Ordinal) => $"{member} is a value of the wrong kind.",
            var text => $"{member}: {text.Split(" Path:", 2)[0]}",
        };
    }

    public IReadOnlyList<ApplicationEntry> Applications { get; init; } = [];

    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    public IReadOnlyList<NumberEntry> Numbers { get; init; } = [];

    public IReadOnlyList<ApplicationInstanceEntry> ApplicationInstances { get; init; } = [];

    public IReadOnlyList<MeetingEntry> Meetings { get; init; } = [];

    /// <summary>
    /// Beginnings of numbers that the telephone network is asked for. A number under one of them that nobody registered is unknown there
    /// (404/560404); any other number has no route (480/10134).
    /// </summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Ids of entries of the directory file that were deleted since; for the server's own file.</summary>
    public RemovedEntries? Removed { get; init; }
}

/// <summary>What is no longer in the directory, by id.</summary>
internal sealed record RemovedEntries(
    IReadOnlyList<string> Applications, IReadOnlyList<string> Users, IReadOnlyList<string> Numbers, IReadOnlyList<string> ApplicationInstances)
{
    /// <summary>Not among the others: files of an earlier version have none.</summary>
    public IReadOnlyList<string> Meetings { get; init; } = [];
}

/// <summary>An application, as people write it. What is left out takes its default.</summary>
internal sealed record ApplicationEntry
{
    public string? Id { get; init; }

    /// <summary>The tenant that a token asked for at <c>common</c> carries. Left out: the development tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>Kept as a hash only. Left out: any secret will do.</summary>
    public string? Secret { get; init; }

    /// <summary>As the server keeps it; for its own file.</summary>
    public string? SecretHash { get; init; }

    /// <summary>Role names. Left out: all of the calls API; empty: none.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>Where incoming calls are announced. Left out: the application takes none.</summary>
    public string? CallbackUri { get; init; }

    /// <summary>documented or observed. Left out: documented.</summary>
    public string? Style { get; init; }

    /// <summary>Codes of end reasons as JSON strings. Left out: numbers.</summary>
    public bool? QuotedCodes { get; init; }

    public string? DisplayName { get; init; }
}

/// <summary>A person, as people write it.</summary>
internal sealed record UserEntry
{
    public string? Id { get; init; }

    public string? DisplayName { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Left out: one phone that rings and is answered; empty: no phone.</summary>
    public IReadOnlyList<PhoneEntry>? Phones { get; init; }

    /// <summary>Client ids of applications that are called together with the phones. Left out: none.</summary>
    public IReadOnlyList<string>? Applications { get; init; }

    /// <summary>The calling policy. Left out: true.</summary>
    public bool? AllowPrivateCalls { get; init; }
}

/// <summary>A telephone number, as people write it.</summary>
internal sealed record NumberEntry
{
    public string? Id { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Left out: one phone that rings and is answered; empty: no phone.</summary>
    public IReadOnlyList<PhoneEntry>? Phones { get; init; }

    /// <summary>Client ids of applications that are called together with the phones. Left out: none.</summary>
    public IReadOnlyList<string>? Applications { get; init; }
}

/// <summary>A resource account, as people write it.</summary>
internal sealed record ApplicationInstanceEntry
{
    public string? Id { get; init; }

    /// <summary>The client id of the application that calls and is called as this account.</summary>
    public string? Application { get; init; }

    /// <summary>E.164.</summary>
    public string? Number { get; init; }

    public string? DisplayName { get; init; }
}

/// <summary>A phone, as people write it.</summary>
internal sealed record PhoneEntry
{
    /// <summary>Left out: it rings after 100 ms and is answered 200 ms later; empty: it does nothing by itself.</summary>
    public IReadOnlyList<StepEntry>? Script { get; init; }

    /// <summary>Nobody can reach it. Left out: false.</summary>
    public bool? Offline { get; init; }

    /// <summary>It confirms by itself that a call was accepted. Left out: true.</summary>
    public bool? Acknowledges { get; init; }

    /// <summary>Its sound flows as soon as a call is established. Left out: true.</summary>
    public bool? BringsMedia { get; init; }
}

/// <summary>One step of a phone's script, as people write it.</summary>
internal sealed record StepEntry
{
    /// <summary>What a phone can do; see <see cref="PhoneWords"/>.</summary>
    public string? Do { get; init; }

    /// <summary>Since the step before: an ISO 8601 duration such as PT0.3S. Left out: at once.</summary>
    public string? After { get; init; }

    /// <summary>With refuse: the SIP status with which the telephone network refuses the call.</summary>
    public int? Status { get; init; }

    /// <summary>With press: 0 to 9, *, # or a to d.</summary>
    public string? Key { get; init; }

    /// <summary>With speak: the name of a sound of the control API.</summary>
    public string? Sound { get; init; }
}
