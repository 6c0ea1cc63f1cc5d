using System.Security.Cryptography;
using System.Text;
using AlignOps.Platform.Hosting;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Storage;

/// <summary>Brings the tables of every registered service up to date, in one transaction that processes starting together take in turn.</summary>
internal sealed partial class MigrationRunner(IDatabase database, IEnumerable<Migration> migrations, TimeProvider time, ILogger<MigrationRunner> logger)
{
    /// <summary>The migrations that this database has not gone through, and those that this program does not know; each as <c>service/number</c>.</summary>
    public async Task<(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)> CompareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var ran = (await connection.QueryAsync<(string Service, long Number)>(new CommandDefinition(
            "select service, number from platform_migration", cancellationToken: cancellationToken))).Select(row => $"{row.Service}/{row.Number}").ToHashSet(StringComparer.Ordinal);
        string[] known = [.. migrations.Select(migration => $"{migration.Service}/{migration.Number}")];
        return ([.. known.Where(name => !ran.Contains(name))], [.. ran.Except(known).Order(StringComparer.Ordinal)]);
    }

    /// <exception cref="StartRefusedException">A migration that already ran reads differently now.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ordered = migrations
            .OrderBy(migration => migration.Service != PlatformMigrations.Service)
            .ThenBy(migration => migration.Service, StringComparer.Ordinal)
            .ThenBy(migration => migration.Number)
            .ToArray();
        if (ordered.GroupBy(migration => (migration.Service, migration.Number)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Migration {twice.Key.Service}/{twice.Key.Number} is registered more than once.");
        }

        var ran = await database.WriteAsync((work, token) => RunAsync(work, ordered, token), cancellationToken);
        foreach (var migration in ran)
        {
            LogRan(migration.Service, migration.Number);
        }
    }

    private async Task<List<Migration>> RunAsync(IUnitOfWork work, Migration[] ordered, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync("migrations", cancellationToken);
        await work.Connection.ExecuteAsync(
            """
            create table if not exists platform_migration(
              service text not null,
              number integer not null,
              digest text not null,
              applied_at bigint not null,
              primary key(service, number))
            """,
            transaction: work.Transaction);
        var applied = (await work.Connection.QueryAsync<(string Service, long Number, string Digest)>(
            "select service, number, digest from platform_migration", transaction: work.Transaction))
            .ToDictionary(row => (row.Service, (int)row.Number), row => row.Digest);

        var ran = new List<Migration>();
        foreach (var migration in ordered)
        {
            var digest = Digest(migration.Sql);
            if (applied.TryGetValue((migration.Service, migration.Number), out var known))
            {
                if (known != digest)
                {
                    throw new StartRefusedException(
                        "migration-changed",
                        $"Migration {migration.Service}/{migration.Number} of this version differs from the one this database went through. Use the version that made it, or a new data folder.");
                }

                continue;
            }

            await work.Connection.ExecuteAsync(migration.Sql, transaction: work.Transaction);
            await work.Connection.ExecuteAsync(
                "insert into platform_migration(service, number, digest, applied_at) values (@Service, @Number, @digest, @now)",
                new { migration.Service, migration.Number, digest, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                work.Transaction);
            ran.Add(migration);
        }

        return ran;
    }

    private static string Digest(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n").Trim())));

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ran migration {Service}/{Number}")]
    private partial void LogRan(string service, int number);
}
