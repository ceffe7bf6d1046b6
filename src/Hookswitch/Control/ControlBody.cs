using System.Text.Json;
using System.Xml;
using Hookswitch.Phones;

namespace Hookswitch.Control;

/// <summary>Reads what the control API is sent. Unknown members are refused: they would be a setting that does nothing.</summary>
internal static class ControlBody
{
    public static bool IsSent(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Reads the body and does something with it; what makes no sense becomes a 400 that names the member.</summary>
    public static async Task<IResult> Read<T>(HttpRequest request, Func<T, Task<IResult>> then)
        where T : class, new()
    {
        try
        {
            var body = IsSent(request)
                ? await JsonSerializer.DeserializeAsync<T>(request.Body, DirectoryContent.Json, request.HttpContext.RequestAborted)
                : new T();
            return body is null ? ControlProblem.Of(400, "The body must be an object, not null.") : await then(body);
        }
        catch (JsonException e)
        {
            return ControlProblem.Of(400, $"The body cannot be read: {DirectoryContent.Explain(e)}");
        }
        catch (BadHttpRequestException e)
        {
            return ControlProblem.Of(e.StatusCode, e.Message);
        }
        catch (DirectoryEntryException e)
        {
            return ControlProblem.Of(400, e.Message);
        }
    }

    /// <exception cref="DirectoryEntryException">It is no duration.</exception>
    public static TimeSpan Duration(string? text, string property)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text ?? throw new DirectoryEntryException(property, "is missing"));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DirectoryEntryException(property, "must be an ISO 8601 duration, such as PT45M");
        }
    }
}
