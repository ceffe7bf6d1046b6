using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Hookswitch.Proxy;

/// <summary>
/// The proxy through which a bot goes that <c>hookswitch run</c> has started: the hosts that it hard-codes lead to the server. On
/// loopback alone. Clients ask for tunnels (CONNECT), or send whole addresses as if there were no TLS; both are taken.
/// </summary>
internal sealed class LeadingProxy : IAsyncDisposable
{
    /// <summary>More than any bot opens at once; one more is closed at once.</summary>
    private const int MaxConnections = 512;

    /// <summary>In which a host must have begun to answer what came as a whole address.</summary>
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromSeconds(100);

    private readonly WebApplication _app;
    private readonly ProxyRules _rules;
    private readonly HttpMessageInvoker _led;
    private readonly HttpMessageInvoker _passed;

    private LeadingProxy(WebApplication app, ProxyRules rules, IPEndPoint server, X509Certificate2 authority)
    {
        (_app, _rules) = (app, rules);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        _led = Invoker(rules, server, policy);
        _passed = Invoker(rules, server, policy: null);
    }

    public Uri Address => new(_app.Urls.First());

    /// <param name="server">Where the server listens on https.</param>
    /// <param name="authority">The CA of its certificate.</param>
    public static async Task<LeadingProxy> Start(ProxyRules rules, Uri server, X509Certificate2 authority)
    {
        var endpoint = new IPEndPoint(server.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback : IPAddress.Parse(server.DnsSafeHost), server.Port);
        var tunnels = new Tunnels(rules, endpoint);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(http => connection => tunnels.Handle(connection, http));
            });
        });
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var proxy = new LeadingProxy(app, rules, endpoint, authority);
        app.Run(proxy.Forward);
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero); // tunnels end with the bot, or now
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _led.Dispose();
        _passed.Dispose();
    }

    private async Task Forward(HttpContext context)
    {
        if (!Uri.TryCreate(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, UriKind.Absolute, out var target)
            || target.Scheme is not ("http" or "https"))
        {
            await Answer(context, StatusCodes.Status400BadRequest, "This is the proxy of hookswitch run: it takes CONNECT, and requests for whole addresses.");
            return;
        }

        var course = _rules.Of(target.Host);
        if (course == Course.Refuse)
        {
            await Answer(context, StatusCodes.Status403Forbidden, _rules.Explain(target.Host));
            return;
        }

        var root = course == Course.Lead ? $"https://{target.Host}" : target.GetLeftPart(UriPartial.Authority);
        var error = await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(
            context, root, course == Course.Lead ? _led : _passed, new ForwarderRequestConfig { ActivityTimeout = ActivityTimeout });
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
            await Answer(context, context.Response.StatusCode, $"{target.Authority} cannot be reached: {cause?.GetBaseException().Message ?? error.ToString()}");
        }
    }

    private static Task Answer(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    private static HttpMessageInvoker Invoker(ProxyRules rules, IPEndPoint server, X509ChainPolicy? policy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        ConnectCallback = (context, cancellation) => Tunnels.Connect(rules, server, context.DnsEndPoint, cancellation),
    });
}
