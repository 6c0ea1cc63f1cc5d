using System.Net.Sockets;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlignOps.Platform.Hosting;

/// <summary>Makes the ground firm before any other service of the process starts: folder, lock, tables, leases of the dead.</summary>
internal sealed partial class PlatformStart(
    PlatformOptions options,
    DataFolder folder,
    MigrationRunner migrations,
    MessageCatalog catalog,
    JobStore jobs,
    FileBlobStore blobs,
    TimeProvider time,
    ILogger<PlatformStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        RefuseUnknownRoles();
        folder.Prepare();
        if (options.UsesPostgres)
        {
            await MigrateAsync(cancellationToken);
            blobs.Sweep((time.GetUtcNow() - TimeSpan.FromDays(1)).UtcDateTime);
            LogPostgres(PostgresAddress.Read(options.Database!).Host!);
            return;
        }

        folder.Own(time.GetUtcNow());
        await MigrateAsync(cancellationToken);
        blobs.Sweep(DateTime.MaxValue);
        LogSqlite(SqliteLibrary.Version, folder.Database);
        if (await jobs.ReclaimAllAsync(cancellationToken) is > 0 and var reclaimed)
        {
            LogReclaimed(reclaimed);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await migrations.RunAsync(cancellationToken);
        }
        catch (Exception fault) when (options.UsesPostgres && IsRefusal(fault))
        {
            var address = PostgresAddress.Read(options.Database!);
            var answer = fault is PostgresException ? "does not let this process in" : "does not answer";
            throw new StartRefusedException(
                "database-unreachable",
                $"PostgreSQL at {address.Host}:{address.Port} {answer} ({fault.Message.TrimEnd('.')}). Check that it runs and that --database names the right host, database, user and password.",
                fault);
        }
    }

    /// <summary>Nobody there, or a server that says no to this user or database; any other answer of a server is a fault of ours.</summary>
    private static bool IsRefusal(Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("28", StringComparison.Ordinal)
            || state is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    private void RefuseUnknownRoles()
    {
        var known = catalog.Services;
        if (known.Count > 0 && options.Roles.FirstOrDefault(role => !known.Contains(role)) is { } unknown)
        {
            throw new StartRefusedException("unknown-role", $"There is no role '{unknown}'; choose of {string.Join(", ", known)}.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "SQLite {Version} on {File}")]
    private partial void LogSqlite(string version, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL on {Host}")]
    private partial void LogPostgres(string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs of the last process start again from their checkpoints")]
    private partial void LogReclaimed(int count);
}
