using Hookswitch.Graph;

namespace Hookswitch.Api;

/// <summary>Several requests in one: each goes the way that it would go by itself, one after the other. Graph, JSON batching.</summary>
internal static class BatchApi
{
    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1.0/$batch", Run);
        routes.MapPost("/beta/$batch", Run);
    }

    /// <summary>Runs up to 20 requests with the token of the batch. 200 with a response for each, in the order of the requests.</summary>
    /// <remarks>Graph, JSON batching.</remarks>
    private static async Task<IResult> Run(HttpContext context, GraphPipeline pipeline)
    {
        if (BatchedRequest.IsOne(context))
        {
            return GraphError.NestedBatch;
        }

        var body = (await RequestBody.Read<BatchRequests>(context.Request)).Then(BatchOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        var responses = new Dictionary<string, BatchResponse>();
        foreach (var request in order.Sequence)
        {
            var failed = request.DependsOn?.FirstOrDefault(id => responses[id].Status >= StatusCodes.Status400BadRequest);
            responses.Add(request.Id!, await BatchedRequest.Run(
                context, request, failed is null ? pipeline.Run : GraphError.FailedDependency(failed).ExecuteAsync));
        }

        return TypedResults.Json(
            new BatchResponses { Responses = [.. order.Requests.Select(one => responses[one.Id!])] }, GraphJson.TypeOf<BatchResponses>());
    }
}
