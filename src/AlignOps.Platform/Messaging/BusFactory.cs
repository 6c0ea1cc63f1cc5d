using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Builds the bus from what the services registered. It is built by hand, not through MassTransit's container registration, which would also start
/// its usage telemetry.
/// </summary>
internal sealed class BusFactory(
    PlatformOptions options,
    MessageCatalog catalog,
    IEnumerable<HandlerRegistration> registrations,
    MessageDispatcher dispatcher,
    ILoggerFactory loggers)
{
    private const int Prefetch = 16;

    /// <summary>The queue of a service; on RabbitMQ also the exchange in front of it.</summary>
    public static string Queue(string service) => $"alignops.{service}";

    /// <summary>The bus of the services that this process hosts.</summary>
    public IBusControl Create(CancellationToken stopping)
    {
        var hosted = catalog.Handlers.Where(handler => options.Hosts(handler.Service)).ToArray();
        var listeners = registrations.Where(registration => registration.PerInstance && options.Hosts(registration.Service)).ToArray();
        LogContext.ConfigureCurrentLogContext(loggers);
        return options.UsesRabbitMq
            ? Bus.Factory.CreateUsingRabbitMq(bus =>
            {
                ConnectTo(bus);
                AddQueues(bus, hosted, stopping);
                AddInstanceQueues(bus, listeners, stopping);
            })
            : Bus.Factory.CreateUsingInMemory(bus =>
            {
                foreach (var service in hosted.GroupBy(handler => handler.Service))
                {
                    bus.ReceiveEndpoint(Queue(service.Key), endpoint => Configure(endpoint, service, stopping));
                }

                foreach (var service in listeners.GroupBy(listener => listener.Service))
                {
                    bus.ReceiveEndpoint(InstanceQueue(service.Key), endpoint => Configure(endpoint, service, stopping));
                }
            });
    }

    /// <summary>
    /// A bus that only declares the queue of every service and its bindings, hosted here or not: RabbitMQ drops what no queue is bound to, so they stand
    /// before the first message of any process. Null where there is no broker.
    /// </summary>
    public IBusControl? CreateTopology()
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        return !options.UsesRabbitMq ? null : Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            ConnectTo(bus);
            bus.DeployTopologyOnly = true;
            AddQueues(bus, catalog.Handlers, CancellationToken.None);
        });
    }

    private void ConnectTo(IRabbitMqBusFactoryConfigurator bus)
    {
        var address = RabbitMqAddress.Read(options.Bus!);
        bus.Host(address.Host, host =>
        {
            host.Username(address.Username);
            host.Password(address.Password);

            // A stalled connection is noticed after two missed heartbeats; until then every publish on it hangs.
            host.Heartbeat(TimeSpan.FromSeconds(10));
            host.ConnectionName($"alignops {options.WorkerId}");
            if (address.Tls)
            {
                host.UseSsl(tls => tls.ServerName = address.Host.Host);
            }
        });
    }

    private void AddQueues(IRabbitMqBusFactoryConfigurator bus, IEnumerable<HandlerRegistration> handlers, CancellationToken stopping)
    {
        foreach (var service in handlers.GroupBy(handler => handler.Service))
        {
            bus.ReceiveEndpoint(Queue(service.Key), endpoint =>
            {
                endpoint.SetQuorumQueue();

                // RabbitMQ 4 drops what was delivered twenty times, and a process may be killed more often than that.
                endpoint.SetQueueArgument("x-delivery-limit", 1_000_000);
                Configure(endpoint, service, stopping);
            });
        }
    }

    private void AddInstanceQueues(IRabbitMqBusFactoryConfigurator bus, IEnumerable<HandlerRegistration> listeners, CancellationToken stopping)
    {
        foreach (var service in listeners.GroupBy(listener => listener.Service))
        {
            bus.ReceiveEndpoint(InstanceQueue(service.Key), endpoint =>
            {
                endpoint.Durable = false;
                endpoint.AutoDelete = true;
                endpoint.QueueExpiration = TimeSpan.FromMinutes(5);
                Configure(endpoint, service, stopping);
            });
        }
    }

    private static string InstanceQueue(string service) => $"{Queue(service)}.{Guid.NewGuid():N}";

    private void Configure(IReceiveEndpointConfigurator endpoint, IEnumerable<HandlerRegistration> subscriptions, CancellationToken stopping)
    {
        endpoint.PrefetchCount = Prefetch;
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new KeepOnCancellationFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
        foreach (var subscription in subscriptions)
        {
            Subscription.For(subscription.Message).Connect(endpoint, dispatcher, subscription, stopping);
        }
    }
}
