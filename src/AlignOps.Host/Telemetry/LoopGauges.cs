using System.Diagnostics.Metrics;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Host.Telemetry;

/// <summary>
/// What the loop has done and is doing, counted from the services' views: exact, the same in every process and unchanged by a restart. Read now and then, so
/// that a scrape costs no query.
/// </summary>
internal sealed partial class LoopGauges : BackgroundService
{
    public const string MeterName = "AlignOps.Loop";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly string[] Ended = ["promoted", "rejected", "inconclusive", "failed"];

    private readonly Meter _meter = new(MeterName);
    private readonly IDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<LoopGauges> _logger;
    private volatile LoopFigures _figures = new();

    public LoopGauges(IDatabase database, TimeProvider time, ILogger<LoopGauges> logger)
    {
        (_database, _time, _logger) = (database, time, logger);
        _meter.CreateObservableCounter("alignops.runs.ended", () => _figures.Ended, "{run}", "Runs that came to their end, by how they ended.");
        _meter.CreateObservableGauge("alignops.runs.active", () => _figures.Active, "{run}", "Runs under way, by the state they are in.");
        _meter.CreateObservableGauge("alignops.runs.quiet", () => _figures.Quiet, "s", "How long the run under way has neither changed its state nor shown progress.");
        _meter.CreateObservableGauge("alignops.batches", () => _figures.Batches, "{batch}", "Batches by where they stand: waiting, in-run, learned, held or undecided.");
        _meter.CreateObservableCounter("alignops.gate.decisions", () => _figures.Decisions, "{decision}", "What the gate has answered.");
        _meter.CreateObservableCounter("alignops.champion.changes", () => _figures.Changes, "{change}", "Changes of the model in production, by cause.");
        _meter.CreateObservableGauge("alignops.champion.version", () => _figures.Versions, null, "The version in production.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            try
            {
                _figures = await ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogUnread(fault);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    /// <summary>False at the end, which may come before the host has started: it must not look like a failure then.</summary>
    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    internal async Task<LoopFigures> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenReadAsync(cancellationToken);
        async Task<List<T>> List<T>(string sql) => (await connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList();
        var runs = await List<(string Pipeline, string State, long Count)>("select pipeline, state, count(*) from pipelines_v_runs group by pipeline, state");
        var batches = await List<(string Pipeline, string State, long Count)>("select pipeline, state, count(*) from pipelines_v_batches group by pipeline, state");
        var decisions = await List<(string Pipeline, string Decision, long Count)>("select pipeline, decision, count(*) from promotion_v_gates group by pipeline, decision");
        var changes = await List<(string Pipeline, string Cause, long Count)>("select pipeline, cause, count(*) from promotion_v_history group by pipeline, cause");
        var champions = await List<(string Pipeline, long Version)>("select pipeline, version from promotion_v_champions");

        // A job that reports is not stuck, however long it takes: its lease is renewed with every report.
        var quiet = await List<(string Pipeline, string State, long Since)>(
            """
            select r.pipeline, r.state, max(e.at)
            from pipelines_v_runs r join pipelines_v_run_events e on e.run_id = r.run_id
            where r.ended_at is null and r.state <> 'awaiting-approval'
              and not exists (select 1 from platform_v_jobs j where j.run_id = r.run_id and j.state = 'running')
            group by r.pipeline, r.state
            """);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return new LoopFigures
        {
            Ended = [.. runs.Where(run => Ended.Contains(run.State)).Select(run => Of(run.Count, run.Pipeline, "state", run.State))],
            Active = [.. runs.Where(run => !Ended.Contains(run.State)).Select(run => Of(run.Count, run.Pipeline, "state", run.State))],
            Quiet = [.. quiet.Select(run => Of(Math.Max(0, (now - run.Since) / 1000.0), run.Pipeline, "state", run.State))],
            Batches = [.. batches.Select(batch => Of(batch.Count, batch.Pipeline, "state", batch.State))],
            Decisions = [.. decisions.Select(decision => Of(decision.Count, decision.Pipeline, "decision", decision.Decision))],
            Changes = [.. changes.Select(change => Of(change.Count, change.Pipeline, "cause", change.Cause))],
            Versions = [.. champions.Select(champion => new Measurement<long>(champion.Version, new KeyValuePair<string, object?>("pipeline", champion.Pipeline)))],
        };
    }

    private static Measurement<T> Of<T>(T value, string pipeline, string key, string of) where T : struct =>
        new(value, new("pipeline", pipeline), new(key, of));

    [LoggerMessage(Level = LogLevel.Debug, Message = "The loop's views could not be read for the metrics")]
    private partial void LogUnread(Exception fault);
}
