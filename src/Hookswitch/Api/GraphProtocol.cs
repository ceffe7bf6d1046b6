using Hookswitch.Identity;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Api;

/// <summary>The ids under which a request is found again.</summary>
/// <param name="Client">What the client named it; ours where it named none.</param>
/// <param name="Scenario">What the client's call is named across requests; null: it did not say.</param>
internal sealed record RequestIds(string Request, string Client, Guid? Scenario);

/// <summary>
/// What holds for every request below <c>/v1.0</c> and <c>/beta</c>: the correlation headers on every answer, the token first of all, the
/// limit of bodies and of requests, and that whatever fails fails as a Graph error. What no endpoint answers may be answered by a file.
/// </summary>
internal sealed partial class GraphProtocol(
    RequestDelegate next, AccessTokens tokens, Directory directory, NewCallTurns turns, RequestLimits limits, Fixtures fixtures, ILogger<GraphProtocol> logger)
{
    /// <summary>The largest body that the server reads, here and elsewhere. A call with everything in it needs a hundredth of it.</summary>
    public const int MaxBody = 256 * 1024;

    // Of a foreign header that is sent back.
    private const int MaxClientId = 128;

    public async Task InvokeAsync(HttpContext context)
    {
        var ids = Identify(context);
        DeprecatedPaths.Mark(context);
        if (turns.Refuses(context.Request))
        {
            await GraphError.TooBusy.ExecuteAsync(context);
            return;
        }

        var subject = new Subject(ids.Request);
        using var scope = logger.BeginScope(subject);
        using var span = Traces.Request(context.Request, BatchedRequest.IsOne(context));
        context.Features.Set(subject);
        context.Features.Set(new GraphPipeline(InvokeAsync));
        if (await Answer(context, ids, subject) is { } answer)
        {
            await answer.ExecuteAsync(context);
        }

        span?.Answered(context, subject);
    }

    // Null: the answer is on its way.
    private async Task<IResult?> Answer(HttpContext context, RequestIds ids, Subject subject)
    {
        try
        {
            var (caller, problem) = await Authenticate(context.Request);
            if (caller is null)
            {
                return GraphError.Unauthorized(problem);
            }

            if (limits.Request(caller) is { } tooMany)
            {
                return tooMany;
            }

            if (CloudOffer.Refuse(tokens.Cloud, context.Request) is { } notOffered)
            {
                return notOffered;
            }

            context.Features.Set(caller);
            subject.Application = caller.Application;
            await next(context);
            return context.Response.HasStarted ? null : Unmatched(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return null; // nobody is there to be answered
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            return Explain(e, context.Request, ids);
        }
    }

    private GraphError Explain(Exception exception, HttpRequest request, RequestIds ids)
    {
        switch (exception)
        {
            case AuthorityUnavailableException:
                return GraphError.AuthorityUnavailable(exception.Message);
            case StoreUnavailableException:
                return GraphError.StoreUnavailable;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return GraphError.TooLarge;
            case BadHttpRequestException:
                return GraphError.InvalidArgument(exception.Message);
            default:
                LogFailure(exception, request.Method, request.Path, ids.Request);
                return GraphError.Internal;
        }
    }

    private IResult? Unmatched(HttpContext context) => context.Response switch
    {
        { StatusCode: StatusCodes.Status404NotFound, ContentType: null } => fixtures.Answer(context.Request),
        { StatusCode: StatusCodes.Status405MethodNotAllowed, ContentType: null } =>
            GraphError.MethodNotAllowed(context.Request.Method, context.Request.Path),
        _ => null,
    };

    private async Task<(Caller? Caller, string Problem)> Authenticate(HttpRequest request)
    {
        if (BearerToken.Of(request) is not { } token)
        {
            return (null, request.Headers.Authorization.ToString().Length == 0 ? "Access token is empty." : "The Authorization header must carry a Bearer token.");
        }

        var (caller, problem) = await tokens.Validate(token);
        return caller is null || directory.Knows(caller.Application) ? (caller, problem) : (null, "The application of the token is not registered here.");
    }

    private static RequestIds Identify(HttpContext context)
    {
        var (own, headers) = (Guid.NewGuid().ToString("D"), context.Request.Headers);
        var client = headers["client-request-id"].ToString();
        var ids = new RequestIds(
            own,
            client.Length is > 0 and <= MaxClientId && client.All(one => one is > ' ' and <= '~') ? client : own,
            Guid.TryParse(headers["Scenario-Id"], out var scenario) && scenario != Guid.Empty ? scenario : null);
        context.Features.Set(ids);
        context.Response.Headers["request-id"] = ids.Request;
        context.Response.Headers["client-request-id"] = ids.Client;
        context.Response.Headers["scenario-id"] = ids.Scenario?.ToString("D") ?? ids.Request;
        return ids;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed. request-id {RequestId}.")]
    private partial void LogFailure(Exception exception, string method, string path, string requestId);
}
