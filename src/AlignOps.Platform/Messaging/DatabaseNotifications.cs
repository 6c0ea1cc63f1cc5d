using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlignOps.Platform.Messaging;

/// <summary>Hears what other processes commit on PostgreSQL and wakes the loops here. The loops poll as well, so a lost notification costs half a second.</summary>
internal sealed partial class DatabaseNotifications(PlatformOptions options, WakeUps wakeUps, TimeProvider time, ILogger<DatabaseNotifications> logger) : BackgroundService
{
    public const string Channel = "alignops";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.UsesPostgres)
        {
            return;
        }

        var address = PostgresAddress.Read(options.Database!);
        address.Pooling = false;
        address.KeepAlive = 15;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(address.ConnectionString, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is, being deaf costs half a second a message; ending the process would cost more.
                LogDeaf(fault);
                await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, notification) =>
        {
            if (Enum.TryParse<Nudges>(notification.Payload, out var nudges))
            {
                wakeUps.Wake(nudges);
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was committed while nobody listened.
        wakeUps.Wake(Nudges.Outbox | Nudges.Jobs);
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications of the database are away; polling meanwhile")]
    private partial void LogDeaf(Exception fault);
}
