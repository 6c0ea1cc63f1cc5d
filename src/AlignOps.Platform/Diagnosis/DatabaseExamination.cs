using System.Diagnostics;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;
using Npgsql;

namespace AlignOps.Platform.Diagnosis;

/// <summary>The database: does it answer, are its tables this version's, is its clock ours, and does anything in it wait for a person.</summary>
internal sealed class DatabaseExamination(PlatformOptions options, DataFolder folder, IDatabase database, MigrationRunner migrations, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var postgres = database.Kind == DatabaseKind.PostgreSql;
        if (!postgres && !File.Exists(folder.Database))
        {
            return [new Finding("database", "There is no SQLite file in the data folder yet; alignops up makes it.")];
        }

        try
        {
            var findings = new List<Finding> { postgres ? await ServerAsync(options.Database!, cancellationToken) : new Finding("database", "The SQLite file of the data folder answers.") };
            if (postgres)
            {
                findings.Add(await ClockAsync(options.Database!, cancellationToken));
            }

            findings.Add(await TablesAsync(cancellationToken));
            if (findings[^1].Well)
            {
                findings.AddRange(await WaitingAsync(cancellationToken));
            }

            return findings;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [new Finding("database", $"The database does not let this process in ({fault.GetBaseException().Message.TrimEnd('.')}).", "Check that it runs and that --database names the right host, database, user and password.")];
        }
    }

    private static async Task<Finding> ServerAsync(string address, CancellationToken cancellationToken)
    {
        var read = PostgresAddress.Read(address);
        await using var connection = new NpgsqlConnection(read.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await connection.ExecuteScalarAsync<int>("select 1");
        return new Finding("database", $"PostgreSQL {connection.PostgreSqlVersion} at {read.Host}:{read.Port} answers in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms.");
    }

    /// <summary>Leases are compared with each machine's own clock, so the clocks have to agree.</summary>
    private async Task<Finding> ClockAsync(string address, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Read(address).ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var before = time.GetUtcNow();
        var there = await connection.ExecuteScalarAsync<long>("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)");
        var here = before + ((time.GetUtcNow() - before) / 2);
        var skew = (here - DateTimeOffset.FromUnixTimeMilliseconds(there)).Duration();
        return skew > LargestSkew
            ? new Finding("clock", $"This machine's clock is {skew.TotalSeconds:0.0} s away from the database's.", "Let both take their time from NTP: a job whose lease seems to have run out is given to another worker.")
            : new Finding("clock", $"This machine's clock is {skew.TotalMilliseconds:0} ms away from the database's.");
    }

    private async Task<Finding> TablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (missing, unknown) = await migrations.CompareAsync(cancellationToken);
            return missing.Count > 0 ? new Finding("tables", $"The database lacks {string.Join(", ", missing)}.", "Start a process of this version with alignops up: it brings the tables up to date.")
                : unknown.Count > 0 ? new Finding("tables", $"A newer version has been here: {string.Join(", ", unknown)}.", "Run that version in every process.")
                : new Finding("tables", "They are this version's.");
        }
        catch (System.Data.Common.DbException)
        {
            return new Finding("tables", "There are none yet.", "Start a process with alignops up: it makes them.");
        }
    }

    private async Task<IReadOnlyList<Finding>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var dead = await connection.ExecuteScalarAsync<long>("select count(*) from platform_dead_letter");
        var oldest = await connection.ExecuteScalarAsync<long?>("select min(created_at) from platform_outbox where sent_at is null");
        var waited = oldest is { } since ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) : TimeSpan.Zero;
        var lost = await connection.ExecuteScalarAsync<long>(
            "select count(*) from platform_job where state = 'running' and lease_until < @now", new { now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return
        [
            dead > 0 ? new Finding("dead letters", $"{dead} messages failed for good.", "Look at GET /v1/dead-letters, mend the cause and requeue them.") : new Finding("dead letters", "None."),
            waited > LongestWait ? new Finding("outbox", $"The oldest message has waited {waited.TotalMinutes:0} minutes.", "Start the processes, or mend the broker.") : new Finding("outbox", "Nothing waits long."),
            lost > 0 ? new Finding("jobs", $"{lost} jobs lost their worker.", "Start a process of their role; they go on from their last checkpoint.") : new Finding("jobs", "Every running job has its worker."),
        ];
    }
}
