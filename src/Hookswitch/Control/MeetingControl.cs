using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Phones;
using Hookswitch.Storage;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Which meeting a phone is to join, and as what.</summary>
internal sealed record JoinBody
{
    /// <summary>The id of a registered meeting, or its thread, or the thread of a group call that lives.</summary>
    public string? Meeting { get; init; }

    /// <summary>Instead: the number that people type.</summary>
    public string? JoinMeetingId { get; init; }

    public string? Passcode { get; init; }

    /// <summary>It joins as a guest of that name. Left out: as the user or number that it is.</summary>
    public string? Guest { get; init; }

    /// <summary>attendee or presenter. Left out: attendee. Organizers are what the meeting says.</summary>
    public string? Role { get; init; }

    /// <summary>Steps after it has joined. Left out: it stays until someone hangs up.</summary>
    public IReadOnlyList<StepEntry>? Script { get; init; }
}

/// <summary>Who goes into a room.</summary>
internal sealed record RoomBody
{
    /// <summary>Ids of participants, users or numbers. Left out: all people who are in the meeting.</summary>
    public IReadOnlyList<string>? Participants { get; init; }
}

/// <summary>Lets people join meetings, and opens and closes breakout rooms.</summary>
internal static class MeetingControl
{
    public static void MapMeetings(this IEndpointRouteBuilder control)
    {
        control.MapPost("/phones/{id}/join", Join);
        control.MapPost("/meetings/{id}/rooms/{room}/open", OpenRoom);
        control.MapPost("/meetings/{id}/rooms/{room}/close", CloseRoom);
    }

    private static Task<IResult> Join(
        string id, HttpRequest request, Directory directory, MeetingFinder meetings, ThreadDoor door, IGrainFactory grains) =>
        ControlBody.Read<JoinBody>(request, async body =>
        {
            var party = Joiner(id, body, directory);
            var (address, tenant) = Address(body, directory);
            var (found, problem) = await meetings.Find(address, tenant ?? party.Identity.Tenant ?? Directory.DevelopmentTenant);
            if (found is null)
            {
                return NotJoined(body.Meeting ?? body.JoinMeetingId!, problem);
            }

            var command = new Join(Guid.NewGuid(), party, found.Terms) { Company = found.Company, Timeouts = found.Timeouts };
            var (conversation, reply) = await door.Enter(found.Terms, one => grains.Send(one, command));
            return reply.Refusal == Refusal.ConversationFull ? ControlProblem.Of(409, $"The meeting is full: {Conversation.MaxParticipants} can be in it.")
                : reply.Unavailable || reply.Refusal is not null ? ControlProblem.Of(503, "The join could not be stored. Try again.")
                : TypedResults.Created(
                    $"{ControlDoor.Root}/conversations/{conversation}",
                    new { conversation = conversation.ToString(), participant = party.Participant.ToString("D") });
        });

    // People come from everywhere: the tenant is the meeting's. A thread alone is looked for in their own.
    private static (MeetingAddress Address, string? Tenant) Address(JoinBody body, Directory directory) => body switch
    {
        { JoinMeetingId: { } number } => (new MeetingAddress.ByJoinId(number, body.Passcode), directory.FindMeetingByJoinId(number)?.Tenant),
        { Meeting: { } meeting } when directory.FindMeeting(meeting) is { } registered =>
            (new MeetingAddress.ByThread(registered.ThreadId, registered.MessageId, Organizer: null), registered.Tenant),
        { Meeting: { } thread } => (new MeetingAddress.ByThread(thread, Meeting.NoMessage, Organizer: null), null),
        _ => throw new DirectoryEntryException("meeting", "is missing: name a meeting, or give its joinMeetingId"),
    };

    private static IResult NotJoined(string meeting, MeetingProblem problem) => problem switch
    {
        MeetingProblem.Cancelled => ControlProblem.Of(409, $"The meeting '{meeting}' was cancelled."),
        MeetingProblem.Over => ControlProblem.Of(409, $"The meeting '{meeting}' is over."),
        MeetingProblem.WrongJoinId => ControlProblem.Of(404, $"No meeting has the joinMeetingId '{meeting}', or its passcode is another."),
        _ => ControlProblem.Of(404, $"There is no such meeting to join: '{meeting}'. Register it with PUT /control/meetings."),
    };

    private static Party Joiner(string id, JoinBody body, Directory directory)
    {
        if (body.Guest is { } name && DirectoryReading.TextProblem(name) is { } problem)
        {
            throw new DirectoryEntryException("guest", problem);
        }

        var identity = body.Guest is { } guest ? new Calling.Identity(IdentityKind.Guest, id, guest)
            : id.StartsWith('+') ? directory.FindNumber(id)?.Identity ?? new Calling.Identity(IdentityKind.Phone, id)
            : directory.UserOrDefault(id)?.Identity ?? throw new DirectoryEntryException("id", $"'{id}' is no user of the directory");
        var script = body.Script is { } steps ? DirectoryReading.Script(steps, "script") : Script.None;
        return new Party(NewIds.Leg(), Guid.NewGuid(), identity, Bot: null, script)
        {
            Role = body.Role switch
            {
                null or "attendee" => MeetingRole.Attendee,
                "presenter" => MeetingRole.Presenter,
                _ => throw new DirectoryEntryException("role", "must be attendee or presenter"),
            },
        };
    }

    private static Task<IResult> OpenRoom(
        string id, string room, HttpRequest request, Directory directory, MeetingFinder meetings, IEventStore store, IGrainFactory grains) =>
        ControlBody.Read<RoomBody>(request, async body =>
        {
            if (body.Participants?.Contains(null!) == true)
            {
                throw new DirectoryEntryException("participants", "must not hold null");
            }

            if (Find(id, room, directory) is not var (meeting, found))
            {
                return Unknown(id, room);
            }

            if (await Live(meeting.Thread, store, grains) is not var (conversation, state))
            {
                return ControlProblem.Of(409, $"Nobody is in the meeting '{id}' now.");
            }

            var (participants, missing) = Named(state, body.Participants);
            return missing is not null
                ? ControlProblem.Of(409, $"'{missing}' is no person in the meeting '{id}'.")
                : Answer(await grains.Send(conversation, new OpenRoom(meetings.Registered(meeting, found).Terms, [.. participants])));
        });

    private static async Task<IResult> CloseRoom(string id, string room, Directory directory, IEventStore store, IGrainFactory grains) =>
        Find(id, room, directory) is not var (meeting, found) ? Unknown(id, room)
        : await Live(meeting.ThreadOf(found), store, grains) is var (conversation, _) ? Answer(await grains.Send(conversation, new CloseRoom()))
        : ControlProblem.Of(409, $"Nobody is in the room '{room}' now.");

    private static IResult Answer(Reply reply) =>
        reply.Unavailable ? ControlProblem.Of(503, "It could not be stored. Try again.")
        : reply.Refusal is not null ? ControlProblem.Of(409, "The conversation is in no state in which that could be done.")
        : TypedResults.NoContent();

    private static (List<Guid> Participants, string? Missing) Named(Conversation meeting, IReadOnlyList<string>? names)
    {
        var people = meeting.InsideLegs.Where(leg => leg.Bot is null).ToArray();
        var participants = new List<Guid>();
        foreach (var name in names ?? [])
        {
            if (Array.Find(people, leg => Is(leg, name)) is not { } leg)
            {
                return ([], name);
            }

            participants.Add(leg.Participant);
        }

        return (names is null ? [.. people.Select(leg => leg.Participant)] : participants, null);
    }

    /// <summary>Whether someone is meant by the id of a participant, a user or a number.</summary>
    public static bool Is(Leg leg, string name) =>
        leg.Participant.ToString("D").Equals(name, StringComparison.OrdinalIgnoreCase) || leg.Identity.Id.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static (Meeting Meeting, Room Room)? Find(string id, string room, Directory directory) =>
        directory.FindMeeting(id) is { } meeting
        && meeting.Rooms.FirstOrDefault(one => one.Name.Equals(room, StringComparison.OrdinalIgnoreCase)) is { } found
            ? (meeting, found)
            : null;

    private static async Task<(ConversationId Id, Conversation State)?> Live(MeetingThread thread, IEventStore store, IGrainFactory grains) =>
        await store.FindThread(thread, CancellationToken.None) is { IsLive: true } holder
        && await grains.Read(holder.Conversation) is { Unavailable: false } reply
            ? (holder.Conversation, reply.Conversation)
            : null;

    private static IResult Unknown(string id, string room) =>
        ControlProblem.Of(404, $"No meeting '{id}' with a room '{room}' is registered. Register it with PUT /control/meetings/{id}.");
}
