using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Media;
using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>How a bot takes part in a call: what it says both when it places one and when it answers one.</summary>
internal sealed record MediaTerms(MediaConfig Media, ImmutableArray<Modality> Modalities, RosterOptions? Options)
{
    /// <summary>More than a bot plays in one call, and few enough to fetch at once.</summary>
    private const int MostPrefetched = 50;

    public static GraphError? Problem(Graph.MediaConfig? media, AddressGuard guard) => media switch
    {
        null => GraphError.InvalidArgument("mediaConfig", "is missing"),
        Graph.ServiceHostedMediaConfig { PreFetchMedia.Count: > MostPrefetched } => GraphError.InvalidArgument(
            "mediaConfig.preFetchMedia", string.Create(CultureInfo.InvariantCulture, $"must not have more than {MostPrefetched} files")),
        Graph.ServiceHostedMediaConfig { PreFetchMedia: { } files } => files
            .Select((file, i) => PromptReading.Problem(file, string.Create(CultureInfo.InvariantCulture, $"mediaConfig.preFetchMedia[{i}]"), guard))
            .FirstOrDefault(one => one is not null),
        Graph.AppHostedMediaConfig { Blob: var blob } when MediaSocketAddress.Problem(blob, guard) is { } problem =>
            GraphError.InvalidArgument("mediaConfig.blob", problem),
        _ => null,
    };

    public static MediaTerms From(Graph.MediaConfig media, IReadOnlyList<Graph.Modality>? modalities, Graph.CallOptions? options) => new(
        media switch
        {
            Graph.AppHostedMediaConfig app => new AppHostedMedia(app.Blob)
            {
                Socket = MediaSocketAddress.Of(app.Blob)?.AbsoluteUri,
                OutsideDefaultGroup = IsOutside(media),
            },
            Graph.ServiceHostedMediaConfig hosted =>
                new ServiceHostedMedia([.. (hosted.PreFetchMedia ?? []).Select(file => new MediaFile(file.Uri!, file.ResourceId))])
                {
                    OutsideDefaultGroup = IsOutside(media),
                },
            _ => throw new UnreachableException($"No media of type {media.GetType().Name}."),
        },
        modalities is null or [] ? [Modality.Audio] : [.. modalities.SelectMany(Known)],
        options is null
            ? null
            : new RosterOptions(
                options.HideBotAfterEscalation, options.IsContentSharingNotificationEnabled, options.IsDeltaRosterEnabled,
                options.IsInteractiveRosterEnabled));

    private static bool IsOutside(Graph.MediaConfig media) => media.RemoveFromDefaultAudioGroup == true;

    // Values of the future are nothing that this server could do.
    private static IEnumerable<Modality> Known(Graph.Modality modality) => modality switch
    {
        Graph.Modality.Audio => [Modality.Audio],
        Graph.Modality.Video => [Modality.Video],
        Graph.Modality.VideoBasedScreenSharing => [Modality.VideoBasedScreenSharing],
        Graph.Modality.Data => [Modality.Data],
        _ => [],
    };
}
