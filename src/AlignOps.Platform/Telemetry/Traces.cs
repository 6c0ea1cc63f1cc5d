using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Telemetry;

internal sealed class Traces(TimeProvider time) : ITraces
{
    public async Task KeepAsync(IUnitOfWork work, string subject, CancellationToken cancellationToken)
    {
        if (LoopTrace.Present is { } parent)
        {
            await work.Connection.ExecuteAsync(new CommandDefinition(
                """
                insert into platform_trace(subject, trace_parent, at) values (@subject, @parent, @now)
                on conflict (subject) do nothing
                """,
                new { subject, parent, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                work.Transaction,
                cancellationToken: cancellationToken));
        }
    }

    public Task<string?> FindAsync(DbConnection connection, DbTransaction? transaction, string subject, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select trace_parent from platform_trace where subject = @subject", new { subject }, transaction, cancellationToken: cancellationToken));
}
