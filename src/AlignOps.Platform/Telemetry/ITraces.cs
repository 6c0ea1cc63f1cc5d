using System.Data.Common;
using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Telemetry;

/// <summary>Which span a batch or a run began in, for work that goes on from it when no message brings the trace along.</summary>
public interface ITraces
{
    /// <summary>Keeps the present span under a batch's or run's id; the first one kept stays. Outside of a trace nothing is kept.</summary>
    Task KeepAsync(IUnitOfWork work, string subject, CancellationToken cancellationToken);

    /// <summary>The <c>traceparent</c> kept under an id; null when there is none.</summary>
    Task<string?> FindAsync(DbConnection connection, DbTransaction? transaction, string subject, CancellationToken cancellationToken);
}
