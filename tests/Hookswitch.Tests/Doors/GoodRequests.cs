using System.Collections.Frozen;

namespace Hookswitch.Tests.Doors;

/// <summary>A body that is good, for every route that reads one. {call} and the like are filled in by <see cref="Scene"/>.</summary>
internal static class GoodRequests
{
    private const string Media = """{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig","preFetchMedia":[{"uri":"http://127.0.0.1:9/none.wav","resourceId":"r"}]}""";
    private const string Prompt = """{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"@odata.type":"#microsoft.graph.mediaInfo","uri":"http://127.0.0.1:9/none.wav","resourceId":"r"},"loop":1}""";
    private const string Nobody = """{"@odata.type":"#microsoft.graph.invitationParticipantInfo","identity":{"@odata.type":"#microsoft.graph.identitySet","user":{"@odata.type":"#microsoft.graph.identity","id":"cccccccc-0000-4000-8000-0000000000d4","displayName":"D"}}}""";
    private const string Script = """[{"do":"ring","after":"PT0.1S"},{"do":"press","after":"PT1S","key":"5"},{"do":"speak","sound":"tone-440"},{"do":"refuse","status":486}]""";
    private const string Phones = $$"""[{"script":{{Script}},"offline":false,"acknowledges":true,"bringsMedia":true}]""";

    /// <summary>By the last segment of the path of an action of Graph.</summary>
    private static readonly FrozenDictionary<string, string> Actions = new Dictionary<string, string>
    {
        ["calls"] = $$$"""{"@odata.type":"#microsoft.graph.call","callbackUri":"{callback}","tenantId":"{tenant}","subject":"s","requestedModalities":["audio"],"mediaConfig":{{{Media}}},"targets":[{{{Nobody}}}],"callOptions":{"@odata.type":"#microsoft.graph.outgoingCallOptions","isDeltaRosterEnabled":true}}""",
        ["logTeleconferenceDeviceQuality"] = """{"quality":{"callChainId":"{chain}","participantId":"{ada}","mediaLegId":"{ada}","deviceName":"d","deviceDescription":"e","cloudServiceName":"c","mediaQualityList":[{"@odata.type":"#microsoft.graph.teleconferenceDeviceAudioQuality","channelIndex":1,"mediaDuration":"PT1S","inboundPackets":5,"averageInboundJitter":"PT0.03S","averageInboundPacketLossRateInPercentage":0.5}]}}""",
        ["answer"] = $$$"""{"callbackUri":"{callback}","acceptedModalities":["audio"],"participantCapacity":200,"mediaConfig":{{{Media}}},"callOptions":{"@odata.type":"#microsoft.graph.incomingCallOptions","isDeltaRosterEnabled":true}}""",
        ["reject"] = """{"reason":"busy","callbackUri":"{callback}"}""",
        ["redirect"] = $$"""{"targets":[{{Nobody}}],"timeout":30,"callbackUri":"{callback}"}""",
        ["transfer"] = """{"transferTarget":{"identity":{"user":{"id":"cccccccc-0000-4000-8000-0000000000e5"}}},"transferee":{"@odata.type":"#microsoft.graph.participantInfo","participantId":"{ada}"}}""",
        ["updateRecordingStatus"] = """{"clientContext":"c","status":"recording"}""",
        ["changeScreenSharingRole"] = """{"role":"sharer"}""",
        ["playPrompt"] = $$"""{"clientContext":"c","loop":false,"prompts":[{{Prompt}}]}""",
        ["recordResponse"] = RecordResponse,
        ["record"] = RecordResponse,
        ["sendDtmfTones"] = """{"clientContext":"c","tones":["tone1","star"],"delayBetweenTonesMs":100}""",
        ["startHoldMusic"] = $$"""{"clientContext":"c","customPrompt":{{Prompt}}}""",
        ["invite"] = $$"""{"participants":[{{Nobody}}],"clientContext":"c"}""",
        ["audioRoutingGroups"] = """{"id":"h","routingMode":"oneToOne","sources":["{ada}"],"receivers":["{own}"]}""",
        ["{group}"] = """{"id":"g","routingMode":"multicast","receivers":["{ada}"]}""",
        ["onlineMeetings"] = """{"subject":"s","startDateTime":"2026-01-02T12:00:00Z","endDateTime":"2026-01-02T13:00:00Z","lobbyBypassSettings":{"scope":"organization"},"joinMeetingIdSettings":{"isPasscodeRequired":true},"participants":{"organizer":{"identity":{"user":{"id":"{olga}"}}},"attendees":[{"identity":{"user":{"id":"cccccccc-0000-4000-8000-0000000000a1"}},"role":"presenter"}]}}""",
        ["$batch"] = """{"requests":[{"id":"1","method":"GET","url":"/communications/calls/{call}","headers":{"Accept":"application/json"}},{"id":"2","method":"POST","url":"/communications/calls/{call}/keepAlive","headers":{"Content-Type":"application/json"},"body":{},"dependsOn":["1"]}]}""",
    }.ToFrozenDictionary();

    private const string RecordResponse =
        $$"""{"clientContext":"c","prompts":[{{Prompt}}],"bargeInAllowed":true,"initialSilenceTimeoutInSeconds":5,"maxSilenceTimeoutInSeconds":2,"maxRecordDurationInSeconds":10,"playBeep":true,"stopTones":["#","1"]}""";

    /// <summary>What no more than the client's context may be told.</summary>
    private static readonly FrozenSet<string> ContextAlone = FrozenSet.ToFrozenSet(
        ["mute", "unmute", "subscribeToTone", "cancelMediaProcessing", "stopHoldMusic", "admitFromLobby", "removeFromLobby", "admitAllFromLobby"]);

    /// <summary>By the path below /control.</summary>
    private static readonly FrozenDictionary<string, string> Control = new Dictionary<string, string>
    {
        ["PUT /applications/{id}"] = """{"id":"bbbbbbbb-0000-4000-8000-000000000009","tenantId":"{tenant}","secret":"s","permissions":["Calls.Initiate.All"],"callbackUri":"{callback}","style":"observed","quotedCodes":true,"displayName":"N"}""",
        ["PUT /users/{id}"] = $$"""{"displayName":"U","tenantId":"{tenant}","phones":{{Phones}},"applications":["bbbbbbbb-0000-4000-8000-000000000009"],"allowPrivateCalls":true}""",
        ["PUT /numbers/{id}"] = $$"""{"displayName":"N","phones":{{Phones}},"applications":["bbbbbbbb-0000-4000-8000-000000000009"]}""",
        ["PUT /applicationInstances/{id}"] = """{"application":"bbbbbbbb-0000-4000-8000-000000000009","number":"+14255550199","displayName":"N"}""",
        ["PUT /meetings/{id}"] = $$$"""{"tenantId":"{tenant}","kind":"meeting","subject":"s","threadId":"19:meeting_x@thread.v2","messageId":"0","replyChainMessageId":"0","organizer":"{olga}","coOrganizers":["c"],"start":"2026-01-01T12:00:00Z","end":"2026-01-01T13:00:00Z","joinMeetingId":"123 456 789","passcode":"abc","lobby":"organization","cancelled":false,"allowConversationWithoutHost":true,"endsWithInitiator":false,"lobbyTime":"PT5M","aloneTime":"PT5M","joinTime":"PT5M","endsAfter":"PT5M","attendees":[{"user":"u","role":"presenter","hidden":false,"phone":{"script":{{{Script}}}}}],"rooms":[{"name":"r","threadId":"19:meeting_y@thread.v2","duration":"PT5M"}]}""",
        ["POST /phones/{id}/dial"] = $$"""{"to":"{application}","script":{{Script}},"giveUpAfter":"PT5M"}""",
        ["POST /phones/{id}/join"] = $$"""{"meeting":"weekly","guest":"G","role":"presenter","script":{{Script}}}""",
        ["POST /meetings/{id}/rooms/{room}/open"] = """{"participants":["cccccccc-0000-4000-8000-0000000000a1"]}""",
        ["POST /deadLetters/redeliver"] = """{"call":"{call}","host":"bot.example","since":"2026-01-01T12:00:00Z","until":"2026-01-01T13:00:00Z","to":"{callback}"}""",
        ["POST /clock/advance"] = """{"by":"PT0S"}""",
    }.ToFrozenDictionary();

    /// <summary>Routes of the control API with which nothing is sent.</summary>
    private static readonly FrozenSet<string> Bodiless = FrozenSet.ToFrozenSet(
        ["/reset", "/conversations/{id}/end", "/phones/{id}/goOffline", "/phones/{id}/goOnline", "/meetings/{id}/rooms/{room}/close", "/deadLetters/{id}/redeliver"]);

    /// <summary>Whether a route reads a body as JSON.</summary>
    public static bool ReadsJson(Route route) => BodyOf(route) is { Length: > 0 };

    /// <summary>The body of a good request; empty: none is read. Null: nobody has said, and a test that meets it fails.</summary>
    public static string? BodyOf(Route route) => (route.Method, route.Kind) switch
    {
        ("GET" or "DELETE", _) or (_, RouteKind.NotOffered or RouteKind.TokenEndpoint) => "",
        (_, RouteKind.Control) => OfControl(route.Method, route.Pattern["/control".Length..]),
        _ when route.Last == "keepAlive" => "",
        _ => Actions.GetValueOrDefault(route.Last) ?? (ContextAlone.Contains(route.Last) ? """{"clientContext":"c"}""" : null),
    };

    private static string? OfControl(string method, string path) =>
        Control.GetValueOrDefault($"{method} {path}")
        ?? (Bodiless.Contains(path) || path == "/sounds/{name}" ? ""
            : path.StartsWith("/phones/{id}/", StringComparison.Ordinal) ? """{"status":486,"key":"5","sound":"tone-440","participant":"{ada}"}"""
            : null);
}
