using AlignOps.Platform.Hosting;
using AlignOps.Platform.Telemetry;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>Runs the bus. It is ready when every queue stands and every endpoint of this process consumes; nothing is sent before.</summary>
internal sealed partial class BusService(BusFactory factory, BrokerReach reach, PlatformOptions options, ILogger<BusService> logger) : IHostedService, IDisposable
{
    /// <summary>A publish in flight when the connection stalls never completes by itself.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(8);

    private readonly TaskCompletionSource<IBusControl> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>False for a transport that forgets what it holds when the process dies.</summary>
    public bool Remembers => options.UsesRabbitMq;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.UsesRabbitMq)
        {
            await reach.ReachAsync(cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StartPatience);
        try
        {
            if (factory.CreateTopology() is { } topology)
            {
                await topology.DeployAsync(limit.Token);
            }

            var bus = factory.Create(_stopping.Token);
            await bus.StartAsync(limit.Token);
            _ready.SetResult(bus);
            LogStarted(bus.Address.Host);
        }
        catch (Exception fault) when (options.UsesRabbitMq && !cancellationToken.IsCancellationRequested)
        {
            var broker = RabbitMqAddress.Read(options.Bus!).Host;
            throw new StartRefusedException(
                "bus-unreachable",
                $"RabbitMQ at {broker.Host}:{broker.Port} did not take this process in ({Innermost(fault).Message.TrimEnd('.')}). Check that it runs and that --bus names the right host, user and password.",
                fault);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_ready.Task.IsCompletedSuccessfully)
        {
            await (await _ready.Task).StopAsync(cancellationToken);
        }

        _ready.TrySetCanceled(CancellationToken.None);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken) => await _ready.Task.WaitAsync(cancellationToken);

    /// <summary>What the bus says of itself; null before it has started.</summary>
    public BusHealthResult? CheckHealth() => _ready.Task.IsCompletedSuccessfully ? _ready.Task.Result.CheckHealth() : null;

    /// <summary>Hands a message to the transport; on RabbitMQ returns once the broker has confirmed it.</summary>
    /// <param name="mustArrive">Fails when no queue takes the message.</param>
    public async Task SendAsync(OutboxRow row, object message, Type type, bool mustArrive, CancellationToken cancellationToken)
    {
        var bus = await _ready.Task.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SendLimit);
        var pipe = Pipe.Execute<SendContext>(context =>
        {
            context.MessageId = Guid.Parse(row.MessageId);
            if ((LoopTrace.Present ?? row.TraceParent) is { } parent)
            {
                context.Headers.Set(MessageDispatcher.TraceHeader, parent);
            }

            if (row.Delivery > 1)
            {
                context.Headers.Set(MessageDispatcher.DeliveryHeader, row.Delivery);
            }

            if (mustArrive && context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            {
                rabbit.Mandatory = true;
            }
        });
        if (row.Destination is null)
        {
            await bus.Publish(message, type, pipe, limit.Token);
        }
        else
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{BusFactory.Queue(row.Destination)}")).WaitAsync(limit.Token);
            await endpoint.Send(message, type, pipe, limit.Token);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus is up on {Host}")]
    private partial void LogStarted(string host);
}
