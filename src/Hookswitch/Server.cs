using System.Diagnostics.Metrics;
using Hookswitch.Api;
using Hookswitch.Control;
using Hookswitch.Conversations;
using Hookswitch.Identity;
using Hookswitch.Journal;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;
using Hookswitch.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch;

/// <summary>A running server. The composition root: reads top to bottom as the table of contents of what is in it.</summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>From being asked to end to the end of the process, at most.</summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Of that, what requests under way get to be answered. New ones find nobody.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(7);

    private readonly WebApplication _app;

    private Server(WebApplication app) => _app = app;

    /// <summary>The first of the addresses that it listens on, with the port that it really has.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>All of them.</summary>
    public IEnumerable<Uri> Addresses => _app.Urls.Select(url => new Uri(url));

    /// <summary>The first that is https; null: there is none.</summary>
    public Uri? SecureAddress => Addresses.FirstOrDefault(url => url.Scheme == Uri.UriSchemeHttps);

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts, and returns when requests are taken and what an earlier run left open is on its way.</summary>
    /// <exception cref="UsageException">A port is taken, a folder is held, a file makes no sense.</exception>
    public static async Task<Server> Start(ServerOptions options, Action<ILoggingBuilder> logging)
    {
        var app = Build(options, logging);
        try
        {
            if (options.Mode == Mode.Production)
            {
                ProductionCheck.Demand(
                    options, app.Services.GetRequiredService<AddressGuard>(), app.Services.GetRequiredService<DataFolder>(),
                    app.Services.GetRequiredService<Directory>);
            }

            // What people can get wrong is read first, so that they hear of it alone. Keys take a while to make: the silo starts meanwhile.
            app.Services.GetRequiredService<Directory>();
            app.Services.GetRequiredService<Fixtures>();
            app.Services.GetRequiredService<SoundShelf>();
            app.Services.GetRequiredService<IEventStore>();
            app.Services.GetRequiredService<Meters>().Observe(
                app.Services.GetRequiredService<CallCensus>().Live, app.Services.GetRequiredService<CallbackHosts>().OpenCircuits);
            var keys = Task.Run(() => (app.Services.GetRequiredService<AccessTokens>(), app.Services.GetRequiredService<CallbackTokens>()));
            await app.StartAsync();
            await keys;
            return new Server(app);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            throw e is IOException { InnerException: AddressInUseException } ? new UsageException($"{e.Message} Stop the other program, or pass --urls http://127.0.0.1:0 for a free port.") : e;
        }
    }

    public Task WaitForShutdown() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ServerOptions options, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "hookswitch" });
        logging(builder.Logging);
        Export.Add(builder, options.Telemetry);
        Listen(builder);
        builder.Services.AddSingleton(options.Timeouts);
        builder.Services.AddSingleton(options.Delivery);
        builder.Services.AddSingleton(options.Retention);
        builder.Services.AddSingleton(new AddressGuard(options.Mode, options.Network) { Resolve = options.Resolve });
        AddTime(builder.Services, options);
        AddData(builder.Services, options);
        builder.UseOrleans(ConversationSilo.Configure);
        AddConversations(builder.Services);
        AddNotifications(builder.Services);
        AddMedia(builder.Services);
        AddApi(builder.Services, options);

        var app = builder.Build();
        foreach (var url in options.Urls)
        {
            app.Urls.Add(url);
        }

        Map(app, options);
        return app;
    }

    private static void AddTime(IServiceCollection services, ServerOptions options)
    {
        var time = new SteadyTime(TimeProvider.System);
        services.AddSingleton<TimeProvider>(time); // for Orleans, which takes the one without a key
        services.AddSingleton<CallClock>(options.Clock == ClockKind.Manual ? new ManualClock(options.ClockStart ?? time.GetUtcNow()) : new SystemClock(time));
    }

    private static void Listen(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GraphProtocol.MaxBody;
            kestrel.ConfigureHttpsDefaults(https => kestrel.ApplicationServices.GetRequiredService<ListeningCertificate>().Apply(https));
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Grace);
    }

    /// <summary>The data folder: the certificate, the store, the directory, and the keys of tokens in and tokens out.</summary>
    private static void AddData(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(_ => options.Data.Length == 0 ? DataFolder.OpenTemporary() : DataFolder.Open(options.Data));
        services.AddSingleton(provider => DevelopmentCertificate.Open(Folder(provider)));
        services.AddSingleton(provider => options.Certificate is { } file
            ? ListeningCertificate.Read(file, options.CertificateKey)
            : ListeningCertificate.Of(provider.GetRequiredService<DevelopmentCertificate>()));
        services.AddSingleton<IEventStore>(provider => SqliteEventStore.Open(
            Folder(provider).File("calls.db"), provider.GetRequiredService<Meters>(), provider.GetRequiredService<ILogger<SqliteEventStore>>()));
        services.AddSingleton(provider => Directory.Open(Folder(provider), options.Directory, options.Mode, provider.GetRequiredService<AddressGuard>()));
        services.AddSingleton(provider => new AccessTokens(
            SigningKey.Open(Folder(provider), SigningKey.TokensFile), options.Cloud, options.Audiences, provider.GetService<ExternalAuthority>()));
        if (options.Authority is { } authority)
        {
            services.AddSingleton(provider => new ExternalAuthority(
                authority, provider.GetRequiredService<Directory>(), provider.GetRequiredService<AddressGuard>()));
        }

        services.AddSingleton(provider => new CallbackTokens(SigningKey.Open(Folder(provider), SigningKey.CallbacksFile), options.Delivery.Issuer, options.Cloud));

        static DataFolder Folder(IServiceProvider provider) => provider.GetRequiredService<DataFolder>();
    }

    /// <summary>Conversations, and what follows from them. Started in this order, stopped in the other.</summary>
    private static void AddConversations(IServiceCollection services)
    {
        services.AddSingleton(TaskScheduler.Default);
        services.AddSingleton(provider => new Meters(provider.GetRequiredService<IMeterFactory>().Create(Meters.Name)));
        services.AddSingleton<CallCensus>();
        services.AddSingleton<Aftermath>();
        services.AddSingleton<DeadlineScheduler>();
        services.AddSingleton(provider => new ThreadDoor(provider.GetRequiredService<IEventStore>(), () => NewIds.Call().Conversation));
        services.AddSingleton<Messenger>();
        services.AddSingleton<Timekeeper>();
        services.AddSingleton<IFollower>(provider => provider.GetRequiredService<PhoneLines>());
        services.AddSingleton<IFollower>(provider => provider.GetRequiredService<Messenger>());
        services.AddSingleton<IFollower>(provider => provider.GetRequiredService<MediaRooms>());
        services.AddSingleton<IFollower>(provider => provider.GetRequiredService<CallCensus>());
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<DeadlineScheduler>());
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<Messenger>());
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<Delivery>());
        services.AddSingleton<IDueWork, Housekeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Delivery>());
        services.AddHostedService<Recovery>();
        services.AddHostedService(provider => provider.GetRequiredService<Timekeeper>());
    }

    private static void AddNotifications(IServiceCollection services)
    {
        services.AddSingleton<ICallbacks, CallbackClient>();
        services.AddSingleton<CallbackHosts>();
        services.AddSingleton<Chance>(Random.Shared.NextDouble);
        services.AddSingleton<ResponseHold>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<Redelivery>();
    }

    private static void AddMedia(IServiceCollection services)
    {
        services.AddSingleton(new PromptOptions());
        services.AddSingleton(provider => new PromptStore(
            provider.GetRequiredService<PromptOptions>(), provider.GetRequiredService<AddressGuard>(), TimeProvider.System,
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        services.AddSingleton(provider => new SoundShelf(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton(provider => new RecordingShelf(provider.GetRequiredService<DataFolder>(), TimeProvider.System));
        services.AddSingleton(new MediaSocketOptions());
        services.AddSingleton<MediaSockets>();
        services.AddSingleton<MediaLoader>();
        services.AddSingleton<MediaRooms>();
    }

    /// <summary>Phones, the API, and what people are shown.</summary>
    private static void AddApi(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<PhoneLines>();
        services.AddSingleton<Routing>();
        services.AddSingleton<MeetingFinder>();
        services.AddSingleton<CallRequests>();
        services.AddSingleton(_ => new NewCallTurns(options.Limits.Waiting));
        services.AddSingleton(_ => new RequestLimits(options.Limits));
        services.AddSingleton<CallCreation>();
        services.AddSingleton<CallJournal>();
        services.AddSingleton(_ => Fixtures.Open(options.Fixtures));
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        if (options.Mode == Mode.Production)
        {
            // Links lead to https where a proxy on this machine speaks TLS. Who the client is stays as it is.
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
        }

        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1.0") || context.Request.Path.StartsWithSegments("/beta"),
            graph => graph.UseMiddleware<GraphProtocol>());
        app.UseSpellingRouting(); // after the protocol, so that the requests of a batch, which begin there, find their endpoints
        app.UseWhen(context => context.Request.Path.StartsWithSegments(ControlDoor.Root), control => control.Use(next => new ControlDoor(next, options.ControlKey).InvokeAsync));

        app.MapCalls();
        app.MapBatches();
        app.MapOnlineMeetings();
        app.MapRecordings();
        app.MapTokenEndpoint();
        app.MapOpenIdMetadata();
        app.MapInstanceDiscovery();
        app.MapHealth();

        var control = app.MapGroup(ControlDoor.Root);
        control.MapDirectory();
        control.MapPhones();
        control.MapSounds();
        control.MapMeetings();
        control.MapConversations();
        control.MapCallControl();
        control.MapDeadLetters();
        control.MapServerControl();
    }
}
