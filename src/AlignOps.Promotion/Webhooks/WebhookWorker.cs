using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Promotion.Webhooks;

/// <summary>
/// Tells endpoints of decisions, beside the loop and never in its way: the audit log that a decision commits with is the outbox, and what could not be delivered is tried
/// again for a day and a half.
/// </summary>
internal sealed partial class WebhookWorker(
    IDatabase database, IPipelineDefinitions definitions, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    private const int AtOnce = 8;

    /// <summary>Waits between attempts; after the last the delivery has failed.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(16),
    ];

    /// <summary>One look: new decisions become deliveries, and what is due is sent.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await TakeOverAsync(cancellationToken);
        IReadOnlyList<WebhookDelivery> due;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            due = await WebhookStore.DueAsync(connection, Now, cancellationToken);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, (delivery, token) => new ValueTask(AttemptAsync(delivery, token)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Poll);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            if ((await WebhookStore.NewAsync(connection, null, cancellationToken)).Count == 0) return;
        }

        await database.WriteAsync(
            async (work, token) =>
            {
                await work.TakeTurnAsync("promotion/webhooks", token);
                foreach (var entry in await WebhookStore.NewAsync(work.Connection, work.Transaction, token))
                {
                    foreach (var endpoint in await EndpointsAsync(work, entry.Pipeline, token))
                    {
                        if (WebhookEvents.Of(entry.Action) is { } kind && (endpoint.Events.Count == 0 || endpoint.Events.Contains(kind))) await WebhookStore.AddAsync(work, entry, endpoint, Now, token);
                    }

                    await WebhookStore.MoveOnAsync(work, entry.Seq, token);
                }
            },
            cancellationToken);
    }

    /// <summary>By the definition as it stands now: whoever is taken out of it hears no more.</summary>
    private async Task<IReadOnlyList<WebhookEndpoint>> EndpointsAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        var digest = await work.Connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select definition_digest from pipelines_v_definitions where pipeline = @pipeline", new { pipeline }, work.Transaction, cancellationToken: cancellationToken));
        return digest is null ? [] : (await definitions.SectionAsync<WebhookSection>(digest, cancellationToken)).Endpoints;
    }

    private async Task AttemptAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        // A process that dies with an attempt in hand leaves it to the next look after this time.
        var until = Now + (long)(options.Value.Timeout * 3).TotalMilliseconds;
        if (!await database.WriteAsync((work, token) => WebhookStore.TakeAsync(work, delivery, until, token), cancellationToken)) return;

        var (status, fault) = await sender.SendAsync(delivery, cancellationToken);
        var given = delivery.Attempts + 1;
        var (state, wait) = fault is null ? ("delivered", TimeSpan.Zero) : given > Waits.Length ? ("failed", TimeSpan.Zero) : ("pending", Waits[given - 1]);
        var now = Now;
        await database.WriteAsync(
            (work, token) => WebhookStore.RecordAsync(work, delivery.DeliveryId, state, status, fault, now + (long)wait.TotalMilliseconds, state == "pending" ? null : now, token), cancellationToken);
        if (fault is not null) LogUndelivered(delivery.Event, delivery.Pipeline, new Uri(delivery.Url).Host, given, state, fault);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be looked after; the next look tries again")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Event} of {Pipeline} for {Host}, attempt {Attempt}: {State}. {Fault}")]
    private partial void LogUndelivered(string @event, string pipeline, string host, int attempt, string state, string fault);
}
