using System.Globalization;
using System.Net;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Media;

/// <summary>Why a prompt cannot be played.</summary>
internal enum PromptFailure
{
    /// <summary>It is in no format that is played.</summary>
    Format,

    /// <summary>It could not be fetched.</summary>
    Download,
}

/// <summary>A prompt that was fetched: its samples, or why there are none.</summary>
/// <param name="Detail">Of a failure, in words.</param>
internal sealed record FetchedPrompt(short[]? Samples, PromptFailure? Failure = null, string? Detail = null);

/// <summary>How prompts are fetched, and how many are kept.</summary>
internal sealed record PromptOptions
{
    /// <summary>Of one file: five minutes and a half.</summary>
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>For all of one file, its redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of all samples that are kept.</summary>
    public long MaxKeptBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>For which what was fetched is kept: whoever changes a file changes its key, or waits.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Fetches what bots want played. Their addresses are as hostile as those of callbacks, and guarded like them.</summary>
internal sealed class PromptStore : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>Connections to one host: one that hangs must not take those of all others.</summary>
    private const int MaxPerHost = 8;

    private readonly PromptOptions _options;
    private readonly PromptCache _cache;
    private readonly AddressGuard _guard;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationToken _stopping;
    private readonly Dictionary<PromptKey, Task<FetchedPrompt>> _underWay = [];

    /// <param name="stopping">The server stops: nothing is fetched any longer.</param>
    public PromptStore(PromptOptions options, AddressGuard guard, TimeProvider time, CancellationToken stopping)
    {
        (_options, _guard, _cache, _stopping) = (options, guard, new PromptCache(options, time), stopping);
        var handler = guard.Handler();
        handler.MaxConnectionsPerServer = MaxPerHost;
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>The samples of a file. With a <c>resourceId</c> it is fetched once, and kept for this application alone.</summary>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public Task<FetchedPrompt> Get(AppId application, MediaFile file)
    {
        if (file.ResourceId is not { Length: > 0 } resource)
        {
            return Fetch(file.Uri);
        }

        var key = new PromptKey(application, resource);
        lock (_underWay)
        {
            return _underWay.TryGetValue(key, out var fetching) ? fetching
                : _cache.Find(key) is { } kept ? Task.FromResult(new FetchedPrompt(kept))
                : _underWay[key] = Task.Run(() => FetchOnce(key, file.Uri)); // noted before it is over, and no work of whoever asks
        }
    }

    /// <summary>Fetches in the background what a bot says it will play. Without a key it could not be kept.</summary>
    public void Prefetch(AppId application, IEnumerable<MediaFile> files)
    {
        foreach (var file in files.Where(file => file.ResourceId is { Length: > 0 }))
        {
            _ = Get(application, file); // what goes wrong is said when it is played
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FetchedPrompt> FetchOnce(PromptKey key, string uri)
    {
        try
        {
            var fetched = await Fetch(uri);
            if (fetched.Samples is { } samples)
            {
                _cache.Keep(key, samples);
            }

            return fetched;
        }
        finally
        {
            lock (_underWay)
            {
                _underWay.Remove(key);
            }
        }
    }

    private async Task<FetchedPrompt> Fetch(string uri)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        timeout.CancelAfter(_options.Timeout); // real time, as media is
        try
        {
            return new FetchedPrompt(WavFile.Read(await Download(uri, timeout.Token)));
        }
        catch (WavFormatException e)
        {
            return new FetchedPrompt(null, PromptFailure.Format, $"{Shown(uri)}: {e.Message}");
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return NotFetched(uri, string.Create(CultureInfo.InvariantCulture, $"It was not there within {_options.Timeout.TotalSeconds} s."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException or ObjectDisposedException)
        {
            return NotFetched(uri, (e.InnerException ?? e).Message);
        }
    }

    private static FetchedPrompt NotFetched(string uri, string why) => new(null, PromptFailure.Download, $"{Shown(uri)}: {why}");

    // A query may hold the key of whoever keeps the file.
    private static string Shown(string uri) => uri.Split('?')[0];

    /// <exception cref="HttpRequestException">It is not to be had.</exception>
    private async Task<byte[]> Download(string uri, CancellationToken cancellation)
    {
        for (var hops = 0; ; hops++)
        {
            if (_guard.Refuse(uri) is { } refused)
            {
                throw new HttpRequestException(hops == 0 ? $"The address {refused}." : $"It redirects to an address that {refused}.");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var response = await _http.SendAsync(request, cancellation);
            if (IsRedirect(response.StatusCode) && response.Headers.Location is { } location)
            {
                uri = hops < MaxRedirects
                    ? new Uri(request.RequestUri!, location).AbsoluteUri
                    : throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"It redirects more than {MaxRedirects} times."));
                continue;
            }

            return response.IsSuccessStatusCode
                ? await Read(response.Content, cancellation)
                : throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"It answers {(int)response.StatusCode}."));
        }
    }

    // What is said of its length is not believed: the reading stops at the limit.
    private async Task<byte[]> Read(HttpContent content, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (body.Length + read > _options.MaxBytes)
            {
                throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"It is larger than {_options.MaxBytes} bytes."));
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return body.ToArray();
    }

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
        or HttpStatusCode.PermanentRedirect;
}

/// <summary>By what a prompt is kept: what one application calls it says nothing of what another does.</summary>
internal readonly record struct PromptKey(AppId Application, string Resource);

/// <summary>The samples of prompts, as long as there is room for them: whoever was played longest ago goes first.</summary>
internal sealed class PromptCache(PromptOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PromptKey, LinkedListNode<Kept>> _kept = [];
    private readonly LinkedList<Kept> _byUse = new();
    private long _bytes;

    public short[]? Find(PromptKey key)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(key, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            if (time.GetUtcNow() >= node.Value.Until)
            {
                Forget(node);
                return null;
            }

            _byUse.AddLast(node);
            return node.Value.Samples;
        }
    }

    public void Keep(PromptKey key, short[] samples)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var former))
            {
                _byUse.Remove(former);
                Forget(former);
            }

            _kept[key] = _byUse.AddLast(new Kept(key, samples, time.GetUtcNow() + options.Keep));
            _bytes += samples.Length * sizeof(short);
            while (_bytes > options.MaxKeptBytes && _byUse.First is { } oldest)
            {
                _byUse.Remove(oldest);
                Forget(oldest);
            }
        }
    }

    private void Forget(LinkedListNode<Kept> node)
    {
        _kept.Remove(node.Value.Key);
        _bytes -= node.Value.Samples.Length * sizeof(short);
    }

    private sealed record Kept(PromptKey Key, short[] Samples, DateTimeOffset Until);
}
