using Hookswitch.Media;
using Microsoft.AspNetCore.Http.Features;

namespace Hookswitch.Control;

/// <summary>A sound that scripted phones can say.</summary>
/// <param name="Seconds">How long it is.</param>
internal sealed record SoundView(string Name, double Seconds, bool BuiltIn);

/// <summary>What scripted phones can say.</summary>
internal static class SoundControl
{
    /// <summary>The type of a body that is a sound. No form can send it, nor a web page of another origin without being asked first.</summary>
    public const string Wav = "audio/wav";

    /// <summary>Five minutes and a half.</summary>
    private const int MaxBytes = 10 * 1024 * 1024;

    public static void MapSounds(this IEndpointRouteBuilder control)
    {
        control.MapGet("/sounds", (SoundShelf shelf) => TypedResults.Ok(shelf.All.Select(one => View(one.Key, one.Value))));
        control.MapGet("/sounds/{name}", (string name, SoundShelf shelf) =>
            shelf.Find(name) is { } samples ? Of(samples) : ControlProblem.Of(404, $"There is no sound '{name}'."));
        control.MapPut("/sounds/{name}", Put);
        control.MapDelete("/sounds/{name}", Delete);
    }

    /// <summary>Samples as a file.</summary>
    public static IResult Of(short[] samples)
    {
        var wav = new MemoryStream(); // of memory alone: nothing has to be disposed
        WavFile.Write(wav, samples);
        return TypedResults.File(wav.ToArray(), Wav);
    }

    private static async Task<IResult> Put(string name, HttpContext context, SoundShelf shelf)
    {
        if (Problem(name) is { } problem)
        {
            return problem;
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBytes;
        var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var samples = WavFile.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
            shelf.Put(name, samples);
            return TypedResults.Ok(View(name, samples));
        }
        catch (BadHttpRequestException e)
        {
            return ControlProblem.Of(e.StatusCode, e.Message);
        }
        catch (WavFormatException e)
        {
            return ControlProblem.Of(400, $"The body is no sound that can be said. {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ControlProblem.Of(503, $"The sound could not be written: {e.Message}");
        }
    }

    private static IResult Delete(string name, SoundShelf shelf)
    {
        try
        {
            return Problem(name) ?? (shelf.Delete(name) ? TypedResults.NoContent() : ControlProblem.Of(404, $"There is no sound '{name}'."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ControlProblem.Of(503, $"The sound could not be deleted: {e.Message}");
        }
    }

    private static IResult? Problem(string name) =>
        !SoundShelf.IsName(name) ? ControlProblem.Of(400, "The name of a sound has 1 to 64 letters, digits, dashes and underscores.")
        : SoundShelf.IsBuiltIn(name) ? ControlProblem.Of(409, $"'{name}' is built in. Choose another name.")
        : null;

    private static SoundView View(string name, short[] samples) => new(name, (double)samples.Length / Pcm.SampleRate, SoundShelf.IsBuiltIn(name));
}
