using Hookswitch.Identity;
using Hookswitch.Media;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>Where bots fetch what they had recorded. No part of Graph's own paths: recordings open with a token of their own.</summary>
internal static class RecordingsApi
{
    private const string Root = "/recordings";

    /// <summary>The address below which a bot that asked so fetches its recordings.</summary>
    public static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}{Root}";

    public static void MapRecordings(this IEndpointRouteBuilder routes) => routes.MapGet($"{Root}/{{operation}}", Get);

    /// <summary>A recording. 200 with a WAV, in chunks; 401 without its token; 404 once it was discarded.</summary>
    /// <remarks>Graph, call: recordResponse, example 2.</remarks>
    private static IResult Get(string operation, HttpRequest request, RecordingShelf shelf)
    {
        if (BearerToken.Of(request) is not { } bearer
            || !RecordingToken.TryParse(bearer, out var token)
            || !Guid.TryParse(operation, out var id)
            || token.Operation != id)
        {
            return GraphError.Unauthorized("A recording opens with the recordingAccessToken of its operation alone.");
        }

        return shelf.Open(token.Operation, token.Key) is { } file
            ? TypedResults.Stream(stream => Send(file, stream), "application/octet-stream") // of no length that is told: in chunks
            : GraphError.NoSuchRecording;
    }

    private static async Task Send(FileStream file, Stream response)
    {
        await using (file)
        {
            await file.CopyToAsync(response);
        }
    }
}
