using System.Text;
using CsCheck;
using Hookswitch.Graph;

namespace Hookswitch.Tests.Wire;

public class RefusalTests
{
    private const string Media = "#microsoft.graph.serviceHostedMediaConfig, #microsoft.graph.appHostedMediaConfig";

    private const string Meetings =
        "#microsoft.graph.organizerMeetingInfo, " + Token + ", #microsoft.graph.joinMeetingIdMeetingInfo";

    private const string Token = "#microsoft.graph.tokenMeetingInfo";

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData(" \r\n", "The body is empty.")]
    [InlineData("null", "The body must be an object, not null.")]
    [InlineData("[]", "The body must be an object, not an array.")]
    [InlineData("\"call\"", "The body must be an object, not this string.")]
    [InlineData("7", "The body must be an object, not this number.")]
    public void A_body_that_is_no_object(string body, string message) => Refuses(body, "", message);

    [Theory]
    [InlineData("{\n  \"subject\": x }", "The body is not valid JSON at line 2, byte 14: 'x' is an invalid start of a value.")]
    [InlineData("{", "The body is not valid JSON at line 1, byte 2: ")]
    [InlineData("{} {}", "The body is not valid JSON at line 1, byte 4: ")]
    [InlineData("{\"direction\":\"sideways\",", "The body is not valid JSON at line 1, byte 24: ")]
    public void A_body_that_is_no_JSON(string body, string message)
    {
        var refusal = Refusal(body);
        Assert.Equal("", refusal.Property);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("targets")]
    public void A_body_that_is_too_deep(string member) =>
        Refuses($$"""{"{{member}}":{{new string('[', 32)}}{{new string(']', 32)}}}""", "", "The body is nested deeper than 32 levels.");

    [Theory]
    [InlineData("""{"subject":1}""", "subject", "must be a string, not this number.")]
    [InlineData("""{"subject":["a"]}""", "subject", "must be a string, not an array.")]
    [InlineData("""{"subject":"\ud800"}""", "subject", "must be a string, not text that is not valid Unicode.")]
    [InlineData("""{"targets":{}}""", "targets", "must be an array, not an object.")]
    [InlineData("""{"targets":[{},{"identity":"u"}]}""", "targets[1].identity", "must be an object, not this string.")]
    [InlineData("""{"targets":[{"hidden":"true"}]}""", "targets[0].hidden", "must be true or false, not this string.")]
    [InlineData("""{"targets":[{},null]}""", "targets[1]", "must not be null.")]
    [InlineData("""{"audioRoutingGroups":[{"sources":[null]}]}""", "audioRoutingGroups[0].sources[0]", "must not be null.")]
    [InlineData("""{"toneInfo":{"sequenceId":1.5}}""", "toneInfo.sequenceId", "must be a whole number, not this number.")]
    [InlineData("""{"resultInfo":{"code":"OK"}}""", "resultInfo.code", "must be a whole number, not this string.")]
    [InlineData("""{"transcription":{"lastModifiedDateTime":"now"}}""", "transcription.lastModifiedDateTime",
        "must be a date and time such as 2026-01-31T08:00:00Z, not this string.")]
    [InlineData("""{"@odata.context":1}""", "@odata.context", "must be a string, not this number.")]
    [InlineData("""{"mediaConfig":{"preFetchMedia":[{"uri":1}],"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""",
        "mediaConfig.preFetchMedia[0].uri", "must be a string, not this number.")]
    public void A_value_of_the_wrong_kind(string body, string property, string message) =>
        Refuses(body, property, $"'{property}' {message}");

    [Theory]
    [InlineData("\"sideways\"", "\"sideways\"")]
    [InlineData("1", "this number")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\" outgoing \"", "\" outgoing \"")]
    [InlineData("\"incoming,outgoing\"", "\"incoming,outgoing\"")]
    [InlineData("{}", "an object")]
    public void An_unknown_value_of_an_enum_is_told_the_known_ones(string value, string found) =>
        Refuses($$"""{"direction":{{value}}}""", "direction", $"'direction' must be one of incoming, outgoing, not {found}.");

    [Theory]
    [InlineData("\"hologram\"", "\"hologram\"")]
    [InlineData("null", "null")]
    public void An_unknown_value_in_a_list_of_enums_is_found_by_its_place(string value, string found) =>
        Refuses($$"""{"requestedModalities":["audio",{{value}}]}""", "requestedModalities[1]",
            $"'requestedModalities[1]' must be one of audio, video, videoBasedScreenSharing, data, not {found}.");

    [Theory]
    [InlineData("mediaConfig", "{}", "must have an @odata.type, one of " + Media)]
    [InlineData("mediaConfig", "{\"blob\":\"b\"}", "must have an @odata.type, one of " + Media)]
    [InlineData("mediaConfig", "{\"@odata.type\":null}", "must have an @odata.type that is a string, one of " + Media)]
    [InlineData("mediaConfig", "{\"@odata.type\":1}", "must have an @odata.type that is a string, one of " + Media)]
    [InlineData("mediaConfig", "{\"@odata.type\":\"#x\"}", "has the unknown @odata.type \"#x\"; known are " + Media)]
    [InlineData("mediaConfig", "[]", "must be an object, not an array")]
    [InlineData("meetingInfo", "{\"token\":\"t\"}", "must have an @odata.type, one of " + Meetings)]
    [InlineData("meetingInfo", "{\"@odata.type\":\"#microsoft.graph.appHostedMediaConfig\"}",
        "has the unknown @odata.type \"#microsoft.graph.appHostedMediaConfig\"; known are " + Meetings)]
    [InlineData("callOptions", "{\"isDeltaRosterEnabled\":true}",
        "must have an @odata.type, one of #microsoft.graph.outgoingCallOptions, #microsoft.graph.incomingCallOptions")]
    [InlineData("meetingInfo", "{\"@odata.type\":\"" + Token + "\",\"@odata.type\":\"#microsoft.graph.organizerMeetingInfo\"}", "has more than one @odata.type")]
    public void A_missing_or_unknown_type_of_a_family_is_told_the_known_ones(string property, string value, string message) =>
        Refuses($$"""{"{{property}}":{{value}}}""", property, $"'{property}' {message}.");

    [Fact]
    public void Requests_of_actions_are_refused_alike()
    {
        var refusal = Assert.Throws<MalformedBodyException>(() =>
            GraphJson.Read("""{"reason":"tired"}"""u8, GraphJson.TypeOf<RejectRequest>()));
        Assert.Equal(("reason", "'reason' must be one of none, busy, forbidden, not \"tired\"."), (refusal.Property, refusal.Message));
    }

    [Theory]
    [InlineData("""{"reason":"busy","reason":"none"}""", "'reason' stands more than once.")]
    [InlineData("""{"callbackUri":"a","reason":"busy","callbackUri":null}""", "'callbackUri' stands more than once.")]
    [InlineData("""{"reason":"tired","callbackUri":null,"callbackUri":null}""", "'reason' must be one of none, busy, forbidden, not \"tired\".")]
    public void A_member_that_stands_twice_with_two_values_is_refused(string body, string message) => Assert.Equal(
        message, Assert.Throws<MalformedBodyException>(() => GraphJson.Read(Encoding.UTF8.GetBytes(body), GraphJson.TypeOf<RejectRequest>())).Message);

    /// <summary>As the official library writes members that are null, when two clients were made at once.</summary>
    [Theory]
    [InlineData("""{"timeout":null,"targets":[],"timeout":null}""")]
    [InlineData("""{"targets":[],"targets":[]}""")]
    [InlineData("""{"targets":[],"a":{"b":1,"b":1.0}}""")]
    public void A_member_that_stands_twice_with_one_value_stands_once(string body)
    {
        var read = GraphJson.Read(Encoding.UTF8.GetBytes(body), GraphJson.TypeOf<RedirectRequest>());
        Assert.Equal((0, null), (read.Targets!.Count, read.Timeout));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] body = [.. "{\"direction\":\""u8, 0xFF, .. "\"}"u8];
        var refusal = Assert.Throws<MalformedBodyException>(() => GraphJson.Read(body, GraphJson.TypeOf<Call>()));
        Assert.Equal("'direction' must be one of incoming, outgoing, not text that is not valid Unicode.", refusal.Message);
    }

    [Fact]
    public void A_member_that_stands_twice_and_is_wrong_once_is_refused() =>
        Assert.Equal("targets", Refusal("""{"targets":[1],"targets":[]}""").Property);

    /// <summary>Whatever is done to a good body, it is read or refused with words; nothing else comes out.</summary>
    [Fact]
    public void No_damage_to_a_body_breaks_its_reader()
    {
        byte[] body = [.. """
            {"direction":"outgoing","targets":[{"identity":{"user":{"id":"u"}},"hidden":true}],"requestedModalities":["audio"],
            "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig","preFetchMedia":[{"uri":"a"}]},
            "toneInfo":{"sequenceId":1}}
            """u8];
        byte[][] pieces = [[.. "null"u8], [.. "{}"u8], [.. "[]"u8], [.. "1"u8], [.. "\""u8], [.. ","u8], [0xFF]];

        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Int[0, 12], Gen.Int[0, pieces.Length - 1]).Sample((start, length, piece) =>
        {
            byte[] damaged = [.. body.Take(start), .. pieces[piece], .. body.Skip(start + length)];
            var thrown = Record.Exception(() => GraphJson.Read(damaged, GraphJson.TypeOf<Call>()));
            Assert.True(thrown is null or MalformedBodyException { Message.Length: > 0 }, $"{Encoding.UTF8.GetString(damaged)}\n{thrown}");
        }, iter: 20_000);
    }

    private static void Refuses(string body, string property, string message)
    {
        var refusal = Refusal(body);
        Assert.Equal((property, message), (refusal.Property, refusal.Message));
    }

    private static MalformedBodyException Refusal(string body) =>
        Assert.Throws<MalformedBodyException>(() => GraphJson.Read(Encoding.UTF8.GetBytes(body), GraphJson.TypeOf<Call>()));
}
