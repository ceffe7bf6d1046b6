using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>What a bot wants played, recorded or sent as tones, checked. Graph, call: playPrompt, recordResponse, sendDtmfTones.</summary>
internal sealed record MediaOrder(MediaWork Work, string? ClientContext)
{
    /// <summary>More keys than anyone dials.</summary>
    private const int MostTones = 100;

    // Graph documents none of these two, in milliseconds.
    private const int UsualPause = 300;
    private const int LongestPause = 10_000;

    // Graph, call: recordResponse. In seconds.
    private const int UsualTime = 5;
    private const int ShortestTime = 1;
    private const int LongestTime = 120;

    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<MediaOrder> From(Graph.PlayPromptRequest body, AddressGuard guard) =>
        body.Prompts is null or [] ? GraphError.InvalidArgument("prompts", "is missing")
        : PromptReading.Problem(body.Prompts, "prompts", guard, PromptReading.Most) is { } problem ? problem
        : new MediaOrder(new PlayWork(PromptReading.From(body.Prompts), body.Loop == true), body.ClientContext);

    /// <inheritdoc cref="From(Graph.PlayPromptRequest, AddressGuard)"/>
    /// <param name="shelf">The address below which recordings are fetched.</param>
    public static Checked<MediaOrder> From(Graph.RecordResponseRequest body, string shelf, AddressGuard guard) =>
        (PromptReading.Problem(body.Prompts, "prompts", guard, most: 1)
            ?? TimeProblem(body.InitialSilenceTimeoutInSeconds, "initialSilenceTimeoutInSeconds")
            ?? TimeProblem(body.MaxSilenceTimeoutInSeconds, "maxSilenceTimeoutInSeconds")
            ?? TimeProblem(body.MaxRecordDurationInSeconds, "maxRecordDurationInSeconds")
            ?? StopToneProblem(body.StopTones ?? [])) is { } problem
            ? problem
            : new MediaOrder(
                new RecordWork(PromptReading.From(body.Prompts).FirstOrDefault(), shelf, Guid.NewGuid())
                {
                    BargesIn = body.BargeInAllowed == true,
                    Beeps = body.PlayBeep != false,
                    InitialSilence = Time(body.InitialSilenceTimeoutInSeconds),
                    MaxSilence = Time(body.MaxSilenceTimeoutInSeconds),
                    MaxDuration = Time(body.MaxRecordDurationInSeconds),
                    StopTones = [.. (body.StopTones ?? []).Select(one => Key(one)!.Value)],
                },
                body.ClientContext);

    /// <inheritdoc cref="From(Graph.PlayPromptRequest, AddressGuard)"/>
    public static Checked<MediaOrder> From(Graph.SendDtmfTonesRequest body) =>
        body.Tones is null or [] ? GraphError.InvalidArgument("tones", "is missing")
        : body.Tones.Count > MostTones
            ? GraphError.InvalidArgument("tones", string.Create(CultureInfo.InvariantCulture, $"has {body.Tones.Count}: {MostTones} at most can be sent at once"))
        : body.Tones.Contains(Graph.Tone.Flash) ? GraphError.InvalidArgument("tones", "names flash, which is no sound")
        : body.DelayBetweenTonesMs is < 0 or > LongestPause
            ? GraphError.InvalidArgument("delayBetweenTonesMs", string.Create(CultureInfo.InvariantCulture, $"must be from 0 to {LongestPause} milliseconds"))
        : new MediaOrder(
            new ToneWork([.. body.Tones.Select(Of)], TimeSpan.FromMilliseconds(body.DelayBetweenTonesMs ?? UsualPause)), body.ClientContext);

    private static GraphError? TimeProblem(int? seconds, string member) => seconds is < ShortestTime or > LongestTime
        ? GraphError.InvalidArgument(member, string.Create(CultureInfo.InvariantCulture, $"must be from {ShortestTime} to {LongestTime} seconds"))
        : null;

    private static TimeSpan Time(int? seconds) => TimeSpan.FromSeconds(seconds ?? UsualTime);

    private static GraphError? StopToneProblem(IReadOnlyList<string> tones) =>
        tones.TakeWhile(one => Key(one) is not null).Count() is var good && good < tones.Count
            ? GraphError.InvalidArgument(
                string.Create(CultureInfo.InvariantCulture, $"stopTones[{good}]"), "must be a key: 0 to 9, *, # or a to d, or tone0 to tone9, star or pound")
            : null;

    // Both as it is written on a telephone, and as Graph's enum of tones spells it.
    private static Tone? Key(string text) =>
        PhoneWords.Key(text) ?? (Enum.GetNames<Tone>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<Tone>(name)
            : null);

    private static Tone Of(Graph.Tone tone) => Enum.Parse<Tone>(tone.ToString());
}
