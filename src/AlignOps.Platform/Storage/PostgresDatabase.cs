using System.Data.Common;
using AlignOps.Platform.Messaging;
using Dapper;
using Npgsql;

namespace AlignOps.Platform.Storage;

/// <summary>PostgreSQL at read committed. Waking other processes rides on the commit: a notification of a transaction that rolls back is never sent.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source, Outbox outbox, WakeUps wakeUps) : IDatabase
{
    public DatabaseKind Kind => DatabaseKind.PostgreSql;

    public async Task<T> WriteAsync<T>(Func<IUnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var unit = new UnitOfWork(connection, transaction, outbox);
        var result = await work(unit, cancellationToken);
        if (unit.Nudges.HasFlag(Nudges.Jobs))
        {
            // A job goes to whichever process of its service is free. A message goes out by this process's own relay, woken below: telling
            // the others' would have every process of a deployment look for it at every commit. Should this one die, they find it when they poll.
            await connection.ExecuteAsync("select pg_notify(@Channel, @nudges)", new { DatabaseNotifications.Channel, nudges = nameof(Nudges.Jobs) }, transaction);
        }

        await transaction.CommitAsync(CancellationToken.None);
        wakeUps.Wake(unit.Nudges);
        return result;
    }

    public async Task<DbConnection> OpenReadAsync(CancellationToken cancellationToken) => await source.OpenConnectionAsync(cancellationToken);
}
