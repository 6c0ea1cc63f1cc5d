using AlignOps.Platform.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlignOps.Platform.Storage;

/// <summary>Waits at start for a PostgreSQL server that is still coming up, and says plainly what is wrong with one that will not let us in.</summary>
internal sealed partial class PostgresReach(PlatformOptions options, NpgsqlDataSource source, TimeProvider time, ILogger<PostgresReach> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="StartRefusedException">The server does not answer, or refuses.</exception>
    public async Task ReachAsync(CancellationToken cancellationToken)
    {
        var address = PostgresAddress.Read(options.Database!);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (Exception fault) when (TransientErrors.Is(fault) && time.GetElapsedTime(started) < options.StartPatience)
            {
                LogWaiting(address.Host!, address.Port, fault.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception fault) when (fault is NpgsqlException || TransientErrors.Is(fault))
            {
                throw new StartRefusedException(
                    "database-unreachable",
                    $"PostgreSQL at {address.Host}:{address.Port} did not let this process in ({fault.Message.TrimEnd('.')}). Check that it runs and that --database names the right host, database, user and password.",
                    fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for PostgreSQL at {Host}:{Port} ({Reason})")]
    private partial void LogWaiting(string host, int port, string reason);
}
