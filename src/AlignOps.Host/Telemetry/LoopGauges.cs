using System.Diagnostics.Metrics;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Dapper;

namespace AlignOps.Host.Telemetry;

/// <summary>
/// What the loop has done and is doing, counted from the services' views: exact, the same in every process and unchanged by a restart. Read now and then, so
/// that a scrape costs no query.
/// </summary>
internal sealed partial class LoopGauges : PolledGauges
{
    public const string MeterName = "AlignOps.Loop";

    private static readonly string[] Ended = ["promoted", "rejected", "inconclusive", "failed"];

    private readonly IDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<LoopGauges> _logger;
    private volatile LoopFigures _figures = new();

    public LoopGauges(IDatabase database, TimeProvider time, ILogger<LoopGauges> logger) : base(MeterName, time)
    {
        (_database, _time, _logger) = (database, time, logger);
        Meter.CreateObservableCounter("alignops.runs.ended", () => _figures.Ended, "{run}", "Runs that came to their end, by how they ended.");
        Meter.CreateObservableGauge("alignops.runs.active", () => _figures.Active, "{run}", "Runs under way, by the state they are in.");
        Meter.CreateObservableGauge("alignops.runs.quiet", () => _figures.Quiet, "s", "How long the run under way has neither changed its state nor shown progress.");
        Meter.CreateObservableGauge("alignops.batches", () => _figures.Batches, "{batch}", "Batches by where they stand: waiting, in-run, learned, held or undecided.");
        Meter.CreateObservableCounter("alignops.gate.decisions", () => _figures.Decisions, "{decision}", "What the gate has answered.");
        Meter.CreateObservableCounter("alignops.champion.changes", () => _figures.Changes, "{change}", "Changes of the model in production, by cause.");
        Meter.CreateObservableGauge("alignops.champion.version", () => _figures.Versions, null, "The version in production.");
        Meter.CreateObservableGauge("alignops.judges", () => _figures.Judges, "{judge}", "Judges of the definitions, by how each stood in the latest run of its pipeline.");
    }

    protected override async Task PollAsync(CancellationToken cancellationToken) => _figures = await ReadAsync(cancellationToken);

    protected override void Unread(Exception fault) => LogUnread(fault);

    internal async Task<LoopFigures> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenReadAsync(cancellationToken);
        async Task<List<T>> List<T>(string sql) => (await connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList();
        var runs = await List<(string Pipeline, string State, long Count)>("select pipeline, state, count(*) from pipelines_v_runs group by pipeline, state");
        var batches = await List<(string Pipeline, string State, long Count)>("select pipeline, state, count(*) from pipelines_v_batches group by pipeline, state");
        var decisions = await List<(string Pipeline, string Decision, long Count)>("select pipeline, decision, count(*) from promotion_v_gates group by pipeline, decision");
        var changes = await List<(string Pipeline, string Cause, long Count)>("select pipeline, cause, count(*) from promotion_v_history group by pipeline, cause");
        var champions = await List<(string Pipeline, long Version)>("select pipeline, version from promotion_v_champions");

        var judges = await List<(string Pipeline, string Standing, long Count)>(
            """
            select s.pipeline, s.standing, count(*) from evaluation_v_judge_standings s
            where s.run_id = (select l.run_id from evaluation_v_judge_standings l where l.pipeline = s.pipeline order by l.at desc, l.run_id desc limit 1)
            group by s.pipeline, s.standing
            """);

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
            Judges = [.. judges.Select(judge => Of(judge.Count, judge.Pipeline, "standing", judge.Standing))],
        };
    }

    private static Measurement<T> Of<T>(T value, string pipeline, string key, string of) where T : struct =>
        new(value, new("pipeline", pipeline), new(key, of));

    [LoggerMessage(Level = LogLevel.Debug, Message = "The loop's views could not be read for the metrics")]
    private partial void LogUnread(Exception fault);
}
