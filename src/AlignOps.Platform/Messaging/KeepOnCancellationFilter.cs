using MassTransit;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// A delivery that a stopping process gave up goes back to its queue. What else fails here never reached the dispatcher, an unreadable body say, and
/// moves to the error queue as usual.
/// </summary>
internal sealed class KeepOnCancellationFilter : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.Exception is OperationCanceledException)
        {
            await context.NotifyFaulted(context.Exception);
            throw new OperationCanceledException("The process is stopping.", context.Exception);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keepOnCancellation");
}
