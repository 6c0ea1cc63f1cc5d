using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Telemetry;

public static class TracesExtensions
{
    /// <summary>
    /// Where work for a batch or run goes on: in the trace it began in, with a link to the present span where that is of another trace (a person's request, say).
    /// </summary>
    public static async Task<(string? Parent, IReadOnlyList<string> Links)> GoOnAsync(this ITraces traces, IUnitOfWork work, string subject, CancellationToken cancellationToken)
    {
        var present = LoopTrace.Present;
        var origin = await traces.FindAsync(work.Connection, work.Transaction, subject, cancellationToken);
        return (origin, present) switch
        {
            (null, _) => (present, []),
            (_, null) => (origin, []),
            _ => LoopTrace.AreOne(origin, present) ? (present, []) : (origin, [present]),
        };
    }
}
