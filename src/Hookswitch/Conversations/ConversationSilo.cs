using System.Net;
using Hookswitch.Calling;
using Hookswitch.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Hookswitch.Conversations;

/// <summary>The Orleans silo in which conversations live: one in process, which opens no port.</summary>
internal static class ConversationSilo
{
    /// <summary>The name of the silo to itself. Nothing listens there.</summary>
    private static readonly IPEndPoint Itself = new(IPAddress.Loopback, 11111);

    /// <summary>
    /// Of a conversation to which nothing happens. It is read again when something does, which costs a fraction of a millisecond; asleep
    /// it costs nothing. Most calls are held for minutes in which nothing happens.
    /// </summary>
    private static readonly TimeSpan Wakefulness = TimeSpan.FromSeconds(30);

    public static void Configure(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(Itself.Port, gatewayPort: 0, primarySiloEndpoint: Itself, serviceId: "hookswitch", clusterId: "hookswitch");
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = Itself.Address);
        silo.Configure<GrainCollectionOptions>(collection =>
            (collection.CollectionAge, collection.CollectionQuantum) = (Wakefulness, Wakefulness / 3));
        silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSupported: type => type.Assembly == typeof(Conversation).Assembly, jsonSerializerOptions: CallingJson.Options));

        foreach (var listener in silo.Services
            .Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToArray())
        {
            silo.Services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new NoListener()));
        }
    }

    /// <summary>A silo that is alone has nobody to listen to.</summary>
    private sealed class NoListener : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IConnectionListener>(new Silent(endpoint));

        private sealed class Silent(EndPoint endpoint) : IConnectionListener
        {
            private readonly TaskCompletionSource<ConnectionContext?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public EndPoint EndPoint => endpoint;

            public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
                await _closed.Task.WaitAsync(cancellationToken);

            public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
            {
                _closed.TrySetResult(null);
                return ValueTask.CompletedTask;
            }

            public ValueTask DisposeAsync() => UnbindAsync();
        }
    }
}
