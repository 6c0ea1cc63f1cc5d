using System.Diagnostics;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Takes a delivery to its handler. Only two things come out of it: a delivery that had its effect (or whose failure is on record) and may be
/// acknowledged, or a cancellation, after which the transport keeps the delivery.
/// </summary>
internal sealed partial class MessageDispatcher(
    IServiceScopeFactory scopes,
    IDatabase database,
    MessageCatalog catalog,
    Outbox outbox,
    Inbox inbox,
    DeadLetters deadLetters,
    HandlerWatch watch,
    Patience patience,
    TimeProvider time,
    ILogger<MessageDispatcher> logger)
{
    /// <summary>Carries the number of a repeated delivery.</summary>
    public const string DeliveryHeader = "alignops-delivery";

    /// <summary>Carries the span that the message was sent in, as W3C trace context.</summary>
    public const string TraceHeader = "traceparent";

    private const int LastDelivery = 5;

    private static readonly TimeSpan RecordPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// While the database is away the delivery stays with the transport: every other one would fare no better.
    /// </summary>
    public async Task DispatchAsync<T>(ConsumeContext<T> context, HandlerRegistration registration, CancellationToken stopping) where T : class
    {
        // A handler takes milliseconds and is let finish; stopping only ends the wait for a database that is away.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        var handling = context.CancellationToken;
        try
        {
            await DispatchAsync(context, registration, handling, waiting.Token);
        }
        catch (Exception fault) when (waiting.IsCancellationRequested && fault is not OperationCanceledException)
        {
            throw new OperationCanceledException("The process is stopping.", fault);
        }
    }

    public async Task HearAsync<T>(ConsumeContext<T> context, HandlerRegistration registration, CancellationToken stopping) where T : class
    {
        using var span = StartSpan(context, "hear", registration);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IListen<T>)scope.ServiceProvider.GetRequiredService(registration.Handler)).HearAsync(context.Message, stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            span.Fail(fault);
            LogListenerFailed(fault, registration.Service, typeof(T).Name);
        }
    }

    private async Task DispatchAsync<T>(ConsumeContext<T> context, HandlerRegistration registration, CancellationToken handling, CancellationToken waiting) where T : class
    {
        var messageId = context.MessageId?.ToString() ?? throw new InvalidOperationException($"A {typeof(T).Name} came without a message id.");
        using var span = StartSpan(context, "process", registration);
        var started = time.GetTimestamp();
        try
        {
            await patience.RunAsync(_ => HandleAsync(context.Message, messageId, registration, handling), waiting);
            PlatformMetrics.CountProcessed(registration.Service, EntityOf(registration), time.GetElapsedTime(started), null);
        }
        catch (Exception fault) when (!waiting.IsCancellationRequested)
        {
            span.Fail(fault);
            PlatformMetrics.CountProcessed(registration.Service, EntityOf(registration), time.GetElapsedTime(started), fault);
            var delivery = context.Headers.Get<int>(DeliveryHeader) ?? 1;
            await RecordFailureForSureAsync(context.Message, messageId, delivery, fault, registration, handling, waiting);
        }
    }

    private Activity? StartSpan(MessageContext context, string operation, HandlerRegistration registration)
    {
        var entity = EntityOf(registration);
        var span = LoopTrace.Start($"{operation} {entity}", ActivityKind.Consumer, context.Headers.Get<string>(TraceHeader));
        return span?
            .SetTag("messaging.destination.name", entity)
            .SetTag("messaging.consumer.group.name", registration.Service)
            .SetTag("messaging.message.id", context.MessageId?.ToString());
    }

    private string EntityOf(HandlerRegistration registration) => catalog.Describe(registration.Message).Entity;

    private async Task HandleAsync<T>(T message, string messageId, HandlerRegistration registration, CancellationToken cancellationToken) where T : class
    {
        using var handling = watch.Enter($"{EntityOf(registration)} {messageId} in {registration.Service}");
        await using var scope = scopes.CreateAsyncScope();
        await database.WriteAsync(
            async (work, token) =>
            {
                await work.TakeTurnAsync(registration.Service, token);
                if (await inbox.TryTakeAsync(work, messageId, registration.Service, token))
                {
                    var handler = (IHandle<T>)scope.ServiceProvider.GetRequiredService(registration.Handler);
                    await handler.HandleAsync(message, work, token);
                }

                await inbox.SettleAsync(work, messageId, registration.Message, registration.Service, token);
            },
            cancellationToken);
    }

    /// <summary>A failure that is not on record would take its delivery with it, so it is tried until it is, or the process stops and the transport keeps the delivery.</summary>
    private async Task RecordFailureForSureAsync<T>(
        T message, string messageId, int delivery, Exception fault, HandlerRegistration registration, CancellationToken handling, CancellationToken waiting) where T : class
    {
        while (true)
        {
            try
            {
                await patience.RunAsync(_ => RecordFailureAsync(message, messageId, delivery, fault, registration, handling), waiting);
                return;
            }
            catch (Exception unrecorded) when (!waiting.IsCancellationRequested)
            {
                LogUnrecorded(unrecorded, registration.Service, typeof(T).Name, messageId);
                await Task.Delay(RecordPause, time, waiting);
            }
        }
    }

    private async Task RecordFailureAsync<T>(T message, string messageId, int delivery, Exception fault, HandlerRegistration registration, CancellationToken cancellationToken)
        where T : class
    {
        var entity = catalog.Describe(registration.Message).Entity;
        var body = MessageJson.Write(message);
        var last = delivery >= LastDelivery;
        await database.WriteAsync(
            async (work, token) =>
            {
                if (last)
                {
                    await deadLetters.AddAsync(work, messageId, registration.Service, entity, body, delivery, fault.ToString(), token);
                    await inbox.TryTakeAsync(work, messageId, registration.Service, token);
                    await inbox.SettleAsync(work, messageId, registration.Message, registration.Service, token);
                }
                else
                {
                    var notBefore = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, delivery - 1));
                    await outbox.RepeatAsync(work, messageId, entity, body, registration.Service, delivery + 1, notBefore.ToUnixTimeMilliseconds(), token);
                }
            },
            cancellationToken);
        if (last)
        {
            LogDead(fault, registration.Service, entity, messageId, delivery);
        }
        else
        {
            LogFailed(fault, registration.Service, entity, messageId, delivery);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service} failed on {Entity} {MessageId}, delivery {Delivery}; it comes again")]
    private partial void LogFailed(Exception fault, string service, string entity, string messageId, int delivery);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service} failed on {Entity} {MessageId} for good after delivery {Delivery}; it is in platform_dead_letter")]
    private partial void LogDead(Exception fault, string service, string entity, string messageId, int delivery);

    [LoggerMessage(Level = LogLevel.Error, Message = "The failure of {Service} on {Message} {MessageId} could not be put on record; the delivery is kept until it is")]
    private partial void LogUnrecorded(Exception fault, string service, string message, string messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A listener of {Service} failed on {Message}")]
    private partial void LogListenerFailed(Exception fault, string service, string message);
}
