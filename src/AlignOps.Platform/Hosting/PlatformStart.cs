using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Hosting;

/// <summary>Makes the ground firm before any other service of the process starts: folder, lock, tables, leases of the dead.</summary>
internal sealed partial class PlatformStart(
    PlatformOptions options,
    DataFolder folder,
    MigrationRunner migrations,
    RoleCatalog roles,
    AccessKeys keys,
    AccessGuard guard,
    JobStore jobs,
    FileBlobStore blobs,
    IServiceProvider services,
    TimeProvider time,
    ILogger<PlatformStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        roles.Refuse(options.Roles);
        folder.Prepare();
        if (options.UsesPostgres)
        {
            await services.GetRequiredService<PostgresReach>().ReachAsync(cancellationToken);
            await migrations.RunAsync(cancellationToken);
            blobs.Sweep((time.GetUtcNow() - TimeSpan.FromDays(1)).UtcDateTime);
            LogPostgres(PostgresAddress.Read(options.Database!).Host!);
        }
        else
        {
            folder.Own(time.GetUtcNow());
            await migrations.RunAsync(cancellationToken);
            blobs.Sweep(DateTime.MaxValue);
            LogSqlite(SqliteLibrary.Version, folder.Database);
            if (await jobs.ReclaimAllAsync(cancellationToken) is > 0 and var reclaimed)
            {
                LogReclaimed(reclaimed);
            }
        }

        await ProtectAsync(cancellationToken);
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

    private async Task ProtectAsync(CancellationToken cancellationToken)
    {
        if (options.AdminKey is { } key)
        {
            await keys.EnsureAdminAsync(key, cancellationToken);
        }

        if (await guard.EnsureBindableAsync(options.Urls, cancellationToken) is { } fault)
        {
            throw new StartRefusedException(fault.Code, fault.Sentence);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "SQLite {Version} on {File}")]
    private partial void LogSqlite(string version, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL on {Host}")]
    private partial void LogPostgres(string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs of the last process start again from their checkpoints")]
    private partial void LogReclaimed(int count);
}
