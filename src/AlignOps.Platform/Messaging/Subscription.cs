using AlignOps.Platform.Registration;
using MassTransit;

namespace AlignOps.Platform.Messaging;

/// <summary>Connects a registration, whose message type is known only at run time, to a receive endpoint.</summary>
internal abstract class Subscription
{
    public static Subscription For(Type message) => (Subscription)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(message))!;

    public abstract void Connect(IReceiveEndpointConfigurator endpoint, MessageDispatcher dispatcher, HandlerRegistration registration, CancellationToken stopping);

    private sealed class Typed<T> : Subscription where T : class
    {
        public override void Connect(IReceiveEndpointConfigurator endpoint, MessageDispatcher dispatcher, HandlerRegistration registration, CancellationToken stopping) =>
            endpoint.Handler<T>(context => registration.PerInstance
                ? dispatcher.HearAsync(context, registration, stopping)
                : dispatcher.DispatchAsync(context, registration, stopping));
    }
}
