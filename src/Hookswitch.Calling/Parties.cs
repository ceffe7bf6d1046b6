using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What kind of party an identity names: the key under which Graph's identity set holds it.</summary>
public enum IdentityKind
{
    User,
    Application,
    ApplicationInstance,
    Phone,
    Guest,
}

/// <summary>Who a party is.</summary>
/// <param name="Id">A user's object id, an application's client id, a telephone number in E.164.</param>
public sealed record Identity(IdentityKind Kind, string Id, string? DisplayName = null, string? Tenant = null);

/// <summary>Someone who takes part: a bot, or a phone that follows its script and is driven over the control API.</summary>
/// <param name="Leg">The id that its leg is to have: chance is an argument.</param>
/// <param name="Participant">The id that rosters are to show for it.</param>
/// <param name="Bot">What the application behind the leg is to be told, and how; null: a phone.</param>
public sealed record Party(LegId Leg, Guid Participant, Identity Identity, Bot? Bot, Script Script)
{
    public PhoneHabits Habits { get; init; } = PhoneHabits.Usual;

    /// <summary>Its sound flows as soon as it is connected. Else it is waited for.</summary>
    public bool BringsMedia => Bot?.BringsMedia ?? Habits.BringsMedia;

    /// <summary>What it may do in a meeting, unless the meeting says otherwise of it.</summary>
    public MeetingRole Role { get; init; }

    /// <summary>It is in no roster.</summary>
    public bool Hidden { get; init; }

    /// <summary>In a conversation of many it neither hears the others nor is heard by them, unless a routing group leads.</summary>
    public bool OutsideDefaultGroup { get; init; }

    /// <summary>Of a phone that calls: after which it gives up waiting for an answer. Null: it waits.</summary>
    public TimeSpan? Patience { get; init; }
}

/// <summary>The application behind a leg, and what was agreed with it when its call was made. Later changes of its registration do not touch it.</summary>
/// <param name="Application">The owner: the only one who may act on the call.</param>
/// <param name="Tenant">The tenant of the call.</param>
/// <param name="Callback">Where its notifications go.</param>
public sealed record Bot(AppId Application, string Tenant, string Callback)
{
    public NotificationStyle Style { get; init; }

    /// <summary>Codes of an end reason as JSON strings, as the documentation prints them.</summary>
    public bool QuotedCodes { get; init; }

    /// <summary>The application holds none of the permissions that show it who calls. Graph, call: answer.</summary>
    public bool CallerHidden { get; init; }

    /// <summary>It is told that a phone rings: its call was created through beta, the only version that has the state.</summary>
    public bool ToldRinging { get; init; }

    /// <summary>The <c>Scenario-Id</c> of the request that made or answered the call; sent back with each notification.</summary>
    public Guid? Scenario { get; init; }

    /// <summary>Null until an incoming call is answered.</summary>
    public MediaConfig? Media { get; init; }

    /// <summary>Its sound flows as soon as it is connected. Else the server has to reach it first.</summary>
    public bool BringsMedia => Media is not AppHostedMedia { Socket: not null };

    public ImmutableArray<Modality> Modalities { get; init; } = [];

    public string? Subject { get; init; }

    public RosterOptions? Options { get; init; }
}

/// <summary>How notifications are written. <c>end-reasons.md</c>, "Two wire styles".</summary>
public enum NotificationStyle
{
    /// <summary>As on the documentation's pages.</summary>
    Documented,

    /// <summary>As in public captures of real traffic.</summary>
    Observed,
}

/// <summary>What a call may carry. Graph, modality.</summary>
public enum Modality
{
    Audio,
    Video,
    VideoBasedScreenSharing,
    Data,
}

/// <summary>Where a bot's media is handled. Graph, mediaConfig.</summary>
public abstract record MediaConfig
{
    private protected MediaConfig()
    {
    }

    /// <summary>In a conversation of many it neither hears the others nor is heard by them, unless a routing group leads. Graph: removeFromDefaultAudioGroup.</summary>
    public bool OutsideDefaultGroup { get; init; }
}

/// <summary>Media is handled by the server. Graph, serviceHostedMediaConfig.</summary>
public sealed record ServiceHostedMedia(ImmutableArray<MediaFile> Prefetch) : MediaConfig;

/// <summary>Media is handled by the bot. Graph, appHostedMediaConfig.</summary>
public sealed record AppHostedMedia(string? Blob) : MediaConfig
{
    /// <summary>Where the server connects to exchange sound with the bot. Null: how the bot comes by it is its own affair.</summary>
    public string? Socket { get; init; }
}

/// <summary>A file of media, and the key under which it may be cached. Graph, mediaInfo.</summary>
public sealed record MediaFile(string Uri, string? ResourceId);

/// <summary>How a bot wants its rosters. Graph, callOptions.</summary>
public sealed record RosterOptions(
    bool? HideBotAfterEscalation, bool? ContentSharingNotifications, bool? DeltaRoster, bool? InteractiveRoster);
