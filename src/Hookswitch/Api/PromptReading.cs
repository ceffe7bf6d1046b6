using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>Reads which files a bot wants played. Graph, mediaPrompt.</summary>
internal static class PromptReading
{
    /// <summary>Of one request. Graph, call: playPrompt.</summary>
    public const int Most = 20;

    /// <summary>A prompt that is played more often is meant to be played for ever.</summary>
    private const int MostTimes = 100;

    /// <summary>The first thing that is wrong with them, by its path; null: nothing.</summary>
    public static GraphError? Problem(IReadOnlyList<Graph.Prompt>? prompts, string list, AddressGuard guard, int most) =>
        prompts is null ? null
        : prompts.Count > most ? GraphError.InvalidArgument(list, string.Create(CultureInfo.InvariantCulture, $"has {prompts.Count}: {most} at most can be played"))
        : prompts.Select((prompt, i) => Problem(prompt, string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]"), guard)).FirstOrDefault(one => one is not null);

    public static GraphError? Problem(Graph.Prompt? prompt, string path, AddressGuard guard) => prompt is not Graph.MediaPrompt media ? null
        : media.MediaInfo is null ? GraphError.InvalidArgument($"{path}.mediaInfo", "is missing")
        : Problem(media.MediaInfo, $"{path}.mediaInfo", guard) is { } problem ? problem
        : media.Loop is < 1 or > MostTimes
            ? GraphError.InvalidArgument($"{path}.loop", string.Create(CultureInfo.InvariantCulture, $"must be from 1 to {MostTimes} times"))
        : null;

    /// <summary>What is wrong with a file that is to be played, now or later.</summary>
    public static GraphError? Problem(Graph.MediaInfo file, string path, AddressGuard guard) =>
        string.IsNullOrEmpty(file.Uri) ? GraphError.InvalidArgument($"{path}.uri", "is missing")
        : guard.Refuse(file.Uri) is { } refused ? GraphError.InvalidArgument($"{path}.uri", refused)
        : InvitedParties.Length(file.ResourceId, $"{path}.resourceId");

    public static ImmutableArray<Prompt> From(IReadOnlyList<Graph.Prompt>? prompts) => [.. (prompts ?? []).OfType<Graph.MediaPrompt>().Select(From)];

    public static Prompt From(Graph.MediaPrompt prompt) => new(new MediaFile(prompt.MediaInfo!.Uri!, prompt.MediaInfo.ResourceId), prompt.Loop ?? 1);
}
