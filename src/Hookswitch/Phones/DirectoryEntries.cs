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

/// <summary>A person, with phones that ring when it is called.</summary>
internal sealed record User(string Id, string? DisplayName, string Tenant, ImmutableArray<Phone> Phones)
{
    public Calling.Identity Identity => new(IdentityKind.User, Id, DisplayName, Tenant);
}

/// <summary>A telephone number, and the phone behind it.</summary>
/// <param name="Id">E.164, with its plus sign.</param>
internal sealed record Number(string Id, string? DisplayName, ImmutableArray<Phone> Phones)
{
    public Calling.Identity Identity => new(IdentityKind.Phone, Id, DisplayName);
}

/// <summary>A scripted phone.</summary>
internal sealed record Phone(Script Script)
{
    /// <summary>What a phone does of which nobody said anything: it rings after 100 ms and is answered after 300 ms.</summary>
    public static Phone Default { get; } = new(new Script(
    [
        new ScriptStep(PhoneAction.Ring, TimeSpan.FromMilliseconds(100)),
        new ScriptStep(PhoneAction.Answer, TimeSpan.FromMilliseconds(200)),
    ]));
}

/// <summary>Everyone whom the server knows: as it stands in the directory file, and in the data folder once it was changed.</summary>
internal sealed record DirectoryContent
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a number begins with a plus sign, which people want to read
        RespectNullableAnnotations = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt member would be a setting that does nothing
    };

    /// <summary>What is wrong with a text that could not be read, in words for people: the library's own name our types.</summary>
    public static string Explain(JsonException e)
    {
        var member = e.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "the text";
        return e.Message switch
        {
            var text when text.Contains("could not be mapped", StringComparison.Ordinal) => $"{member} is no member that is known here.",
            var text when text.Contains("could not be converted", StringComparison.Ordinal) => $"{member} is a value of the wrong kind.",
            var text => $"{member}: {text.Split(" Path:", 2)[0]}",
        };
    }

    public IReadOnlyList<ApplicationEntry> Applications { get; init; } = [];

    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    public IReadOnlyList<NumberEntry> Numbers { get; init; } = [];

    /// <summary>Ids of entries of the directory file that were deleted since; for the server's own file.</summary>
    public RemovedEntries? Removed { get; init; }
}

/// <summary>What is no longer in the directory, by id.</summary>
internal sealed record RemovedEntries(IReadOnlyList<string> Applications, IReadOnlyList<string> Users, IReadOnlyList<string> Numbers);

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
}

/// <summary>A telephone number, as people write it.</summary>
internal sealed record NumberEntry
{
    public string? Id { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Left out: one phone that rings and is answered; empty: no phone.</summary>
    public IReadOnlyList<PhoneEntry>? Phones { get; init; }
}

/// <summary>A phone, as people write it.</summary>
internal sealed record PhoneEntry
{
    /// <summary>Left out: it rings after 100 ms and is answered 200 ms later; empty: it does nothing by itself.</summary>
    public IReadOnlyList<StepEntry>? Script { get; init; }
}

/// <summary>One step of a phone's script, as people write it.</summary>
internal sealed record StepEntry
{
    /// <summary>ring, answer, decline or hangUp.</summary>
    public string? Do { get; init; }

    /// <summary>Since the step before: an ISO 8601 duration such as PT0.3S. Left out: at once.</summary>
    public string? After { get; init; }
}
