using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Harness;

/// <summary>What became of each party of a conversation, by the control API: also of people, whom no bot's notification is about.</summary>
internal static class Conversing
{
    /// <summary>In the order in which they came: who it is, and <c>talks</c>, <c>is called</c>, or the subcode with which its leg ended.</summary>
    /// <param name="call">A bot's call in that conversation.</param>
    public static async Task<string[]> Parties(this TestServer server, string call)
    {
        var view = JsonNode.Parse(await server.Http.GetStringAsync($"/control/calls/{call}"))!;
        var parties = new List<(string Leg, string Who, string What)>();
        foreach (var (type, body) in view["events"]!.AsArray().Select(one => ((string)one!["type"]!, one["body"]!)))
        {
            if (type == "legAdded")
            {
                parties.Add(((string)body["leg"]!, (string)body["identity"]!["id"]!, "is called"));
            }
            else if (type is "legEstablished" or "legArrived" or "legTerminated")
            {
                var at = parties.FindIndex(party => party.Leg == (string)body["leg"]!);
                parties[at] = parties[at] with { What = type == "legTerminated" ? $"{body["reason"]}" : "talks" };
            }
        }

        return [.. parties.Select(party => $"{party.Who} {party.What}")];
    }
}
