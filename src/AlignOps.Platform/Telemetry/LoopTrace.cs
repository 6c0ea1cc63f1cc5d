using System.Diagnostics;

namespace AlignOps.Platform.Telemetry;

/// <summary>
/// The spans of the loop. A trace goes from the push to the deployment through several processes and over restarts: every row that stands for work to come
/// (a message, a job, a batch that waits) keeps the span it came from as a W3C <c>traceparent</c>, and the work goes on from there.
/// </summary>
public static class LoopTrace
{
    /// <summary>What a tracer provider subscribes to.</summary>
    public const string SourceName = "AlignOps";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The present span as <c>traceparent</c>; null outside of a trace.</summary>
    public static string? Present => Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>True when two <c>traceparent</c>s are spans of the same trace.</summary>
    public static bool AreOne(string left, string right) => left.Split('-') is [_, var one, ..] && right.Split('-') is [_, var other, ..] && one == other;

    /// <summary>Starts a span below <paramref name="parent"/>, below the present one where that is null, and else a trace of its own; dispose it to end it.</summary>
    /// <param name="parent">A <c>traceparent</c>; one that cannot be read counts as null.</param>
    /// <param name="links">Other spans that this work goes back to, such as the batches that one run takes together.</param>
    /// <returns>Null while nothing listens.</returns>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal, string? parent = null, IEnumerable<string>? links = null)
    {
        ActivityContext.TryParse(parent, null, isRemote: true, out var above);
        return Source.StartActivity(name, kind, above, tags: null, links: links?.Select(Link).OfType<ActivityLink>());
    }

    /// <summary>Marks a span as failed, with the kind of error; its message may hold what people wrote, so it stays out of the trace.</summary>
    public static void Fail(this Activity? span, Exception fault) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", fault.GetType().FullName);

    private static ActivityLink? Link(string parent) =>
        ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? new ActivityLink(context) : null;
}
