using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>Which members of a call a bot wants to read: <c>$select</c> and <c>$expand</c>. Graph, Query parameters.</summary>
/// <param name="Selected">Null: all.</param>
internal sealed record CallQuery(IReadOnlySet<string>? Selected, IReadOnlySet<string> Expanded)
{
    private const string All = "*";

    private static readonly string[] Expandable = ["participants", "operations", "audioRoutingGroups"];

    private static readonly string[] Members =
        [.. GraphJson.EntityOf<Call>().Properties.Select(member => member.Name).Where(name => !IsAnnotation(name))];

    /// <summary>Reports the first name that a call does not have.</summary>
    public static Checked<CallQuery> From(IQueryCollection query)
    {
        var (selected, expanded) = (Names(query["$select"].ToString()), Names(query["$expand"].ToString()));
        return selected.FirstOrDefault(name => name != All && !Has(Members, name)) is { } unknown ? GraphError.UnknownMember("$select", unknown, Members)
            : expanded.FirstOrDefault(name => !Has(Expandable, name)) is { } other ? GraphError.UnknownMember("$expand", other, Expandable)
            : new CallQuery(selected.Count == 0 || selected.Contains(All) ? null : selected, expanded);
    }

    /// <summary>200 with what was asked for. Annotations and what is expanded are there whatever is selected.</summary>
    /// <param name="call">The whole call, with nothing expanded.</param>
    public IResult Answer(Call call, Conversation conversation, Leg leg)
    {
        var whole = call with
        {
            Participants = Expanded.Contains("participants") ? ParticipantResource.Seen(conversation, leg) : null,
            AudioRoutingGroups = Expanded.Contains("audioRoutingGroups") ? RoutingGroupResource.Of(leg) : null,
            Operations = Expanded.Contains("operations") ? OperationResource.Of(conversation, leg) : null,
        };
        if (Selected is null)
        {
            return GraphAnswers.Ok(whole);
        }

        var shown = JsonSerializer.SerializeToNode(whole, GraphJson.EntityOf<Call>())!.AsObject();
        foreach (var name in shown.Select(member => member.Key).Where(name => !IsAnnotation(name) && !Selected.Contains(name) && !Expanded.Contains(name)).ToArray())
        {
            shown.Remove(name);
        }

        return TypedResults.Text(shown.ToJsonString(GraphJson.Entity), "application/json; charset=utf-8");
    }

    private static HashSet<string> Names(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsAnnotation(string name) => name.StartsWith('@');
}
