using System.Globalization;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Storage;

namespace Hookswitch.Control;

/// <summary>A conversation as people want to see it: what it is, where it is, and who is in it.</summary>
/// <param name="ThreadId">Null: a peer-to-peer call.</param>
internal sealed record ConversationView(
    string Id, string Kind, string? Subject, string? ThreadId, string? MessageId, bool HasEnded, IReadOnlyList<MemberView> Participants)
{
    public static ConversationView Of(ConversationId id, Conversation conversation) => new(
        id.ToString(), JsonNamingPolicy.CamelCase.ConvertName(conversation.Kind.ToString()), conversation.Terms?.Subject,
        conversation.Terms?.Thread.Thread, conversation.Terms?.Thread.Message, conversation.HasEnded,
        [.. conversation.LiveLegs.Select(leg => MemberView.Of(id, leg))]);
}

/// <summary>Someone in a conversation, or on the way into it or out of it.</summary>
/// <param name="Call">The call of a bot; null: a phone.</param>
internal sealed record MemberView(
    string Participant, PartyView Party, string? Call, string State, string Role, bool InLobby, bool Muted, bool OnHold, bool Hidden)
{
    public static MemberView Of(ConversationId id, Leg leg) => new(
        leg.Participant.ToString("D"), PartyView.Of(leg.Identity), leg.Bot is null ? null : new CallId(id, leg.Id).ToString(),
        leg.IsDeparting ? "moving" : JsonNamingPolicy.CamelCase.ConvertName(leg.State.ToString()),
        JsonNamingPolicy.CamelCase.ConvertName(leg.Role.ToString()), leg.InLobby, leg.Muted, leg.OnHold, leg.Hidden);
}

/// <summary>Shows conversations, and ends them as their operator.</summary>
internal static class ConversationControl
{
    private const int MaxListed = 100;

    public static void MapConversations(this IEndpointRouteBuilder control)
    {
        control.MapGet("/conversations", List);
        control.MapGet("/conversations/{id}", Show);
        control.MapPost("/conversations/{id}/end", End);
    }

    private static async Task<IReadOnlyList<ConversationView>> List(IEventStore store, IGrainFactory grains, CancellationToken cancellation)
    {
        var views = new List<ConversationView>();
        foreach (var id in (await store.Live(cancellation)).Take(MaxListed))
        {
            if (await grains.Read(id) is { Unavailable: false, Conversation: { HasStarted: true, HasEnded: false } conversation })
            {
                views.Add(ConversationView.Of(id, conversation));
            }
        }

        return views;
    }

    private static async Task<IResult> Show(string id, IGrainFactory grains) =>
        IdOf(id) is { } conversation && await grains.Read(conversation) is { Conversation.HasStarted: true } reply
            ? TypedResults.Ok(ConversationView.Of(conversation, reply.Conversation))
            : Unknown(id);

    private static async Task<IResult> End(string id, IGrainFactory grains) => IdOf(id) is not { } conversation
        ? Unknown(id)
        : await grains.Send(conversation, new EndConversation()) switch
        {
            { Unavailable: true } => ControlProblem.Of(503, "The end of the conversation could not be stored. Try again."),
            { Refusal: not null } => Unknown(id),
            _ => TypedResults.NoContent(),
        };

    // By its own id, or by that of any call in it.
    private static ConversationId? IdOf(string text) =>
        CallId.TryParse(text, out var call) ? call.Conversation
        : long.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) && value >> 60 == 0 ? new ConversationId(value)
        : null;

    private static IResult Unknown(string id) => ControlProblem.Of(404, $"No conversation '{id}' is alive.");
}
