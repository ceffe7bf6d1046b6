using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Hookswitch.Calling;
using Hookswitch.Journal;

namespace Hookswitch.Control;

/// <summary>A call as its developer wants to see it: what was asked, what happened, what the bot was told, and why it ended.</summary>
/// <param name="State">As Graph spells it.</param>
internal sealed record CallView(
    string Id, string Application, string Tenant, Graph.CallDirection? Direction, Graph.CallState? State, PartyView Source,
    IReadOnlyList<PartyView> Targets, string Callback, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ReasonView? Reason)
{
    /// <summary>What the bot asked of this call since the server started. Left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JournaledRequest>? Requests { get; init; }

    /// <summary>What is stored of the call's conversation. Left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EventView>? Events { get; init; }

    /// <summary>Each attempt to tell the bot something since the server started, and what it answered. Left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JournaledAttempt>? Deliveries { get; init; }

    /// <summary>What the bot said of the quality of its media since the server started. Left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JournaledQuality>? Quality { get; init; }
}

/// <summary>Who takes part.</summary>
internal sealed record PartyView(string Kind, string Id, string? DisplayName)
{
    public static PartyView Of(Calling.Identity identity) =>
        new(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(identity.Kind.ToString()), identity.Id, identity.DisplayName);
}

/// <summary>Why a call ended.</summary>
/// <param name="Code">Null: the bot is told no result.</param>
internal sealed record ReasonView(int? Code, int? Subcode, string Message, string Cause, string? Advice)
{
    public static ReasonView Of(EndReason reason) =>
        new(reason.IsTold ? reason.Code : null, reason.IsTold ? reason.Subcode : null, reason.Message, reason.Cause, reason.Advice);
}

/// <summary>Something that happened in a call's conversation.</summary>
internal sealed record EventView(long Sequence, DateTimeOffset At, string Type, JsonNode? Body);
