using AlignOps.Platform.Storage;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads the first page.</summary>
internal sealed class NowReader(IDatabase database, TimeProvider time)
{
    private const int Shown = 8;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(10);

    public async Task<NowModel> ReadAsync(CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var now = time.GetUtcNow();
        var champions = await reader.ListAsync<ChampionLine>($"select {ChampionLine.Columns} from promotion_v_champions order by pipeline");
        List<Waiting> waiting =
        [
            .. (await reader.ListAsync<ApprovalLine>($"select {ApprovalLine.Columns} from promotion_v_approvals where state = 'awaiting' order by opened_at")).Select(Asks),
            .. champions.Where(champion => champion.HeldBy is not null).Select(Holds),
            .. await JobsAsync(reader, now),
            .. await BatchesAsync(reader),
            .. await QuarantineAsync(reader, now),
        ];
        return new NowModel(
            waiting,
            await reader.ListAsync<RunLine>($"select {RunLine.Columns} from pipelines_v_runs r where r.ended_at is null order by r.started_at"),
            await reader.ListAsync<RunLine>($"select {RunLine.Columns} from pipelines_v_runs r where r.ended_at is not null order by r.ended_at desc limit @Shown", new { Shown }),
            champions,
            await DeploymentReader.ActiveAsync(reader),
            now);
    }

    private static Waiting Asks(ApprovalLine one) => new(
        "ask", "Approval", $"{one.Pipeline} asks for {one.Needed} of {one.Role}", $"{one.Given} of {one.Needed} given for run {one.RunId}.", $"/runs/{one.RunId}#decide", one.OpenedAt);

    private static Waiting Holds(ChampionLine one) => new(
        "warn", "Hold", $"{one.Pipeline} promotes nothing", $"{one.HeldBy}: {one.HeldReason}", $"/models#{one.Pipeline}", one.Since);

    /// <summary>Failed ones whose run nobody has followed up by a later one, and ones that wait or run without moving.</summary>
    private static async Task<IEnumerable<Waiting>> JobsAsync(Reader reader, DateTimeOffset now)
    {
        var jobs = await reader.ListAsync<JobLine>(
            $"""
            select {JobLine.Columns} from platform_v_jobs j
            where (j.state = 'failed' and j.ended_at > @lately
                   and not exists (select 1 from pipelines_v_runs f join pipelines_v_runs l on l.pipeline = f.pipeline and l.started_at > f.started_at where f.run_id = j.run_id))
               or (j.state = 'queued' and j.created_at < @tooLong) or (j.state = 'running' and j.attempt > 3)
            order by j.created_at desc limit @Shown
            """,
            new { lately = (now - Lately).ToUnixTimeMilliseconds(), tooLong = (now - TooLong).ToUnixTimeMilliseconds(), Shown });
        return jobs.Select(job => job.State == "failed"
            ? new Waiting("bad", "Failed", $"{job.Kind} failed", job.Error ?? "", $"/runs/{job.RunId}", job.EndedAt ?? job.CreatedAt)
            : new Waiting("bad", "Stuck", job.State == "queued" ? $"{job.Kind} waits for a worker" : $"{job.Kind} is at attempt {job.Attempt}", job.Error ?? "", $"/runs/{job.RunId}", job.CreatedAt));
    }

    private static async Task<IEnumerable<Waiting>> BatchesAsync(Reader reader)
    {
        var batches = await reader.ListAsync<BatchLine>(
            $"""
            select {BatchLine.Columns} from pipelines_v_batches p join intake_v_batches b on b.batch_id = p.batch_id
            where p.state in ('held', 'undecided') order by b.pushed_at desc limit @Shown
            """,
            new { Shown });
        return batches.Select(batch => batch.State == "held"
            ? new Waiting("warn", "Held", $"{Named(batch)} is held", batch.Reason ?? "", $"/batches/{batch.BatchId}", batch.PushedAt)
            : new Waiting("ask", "Undecided", $"{Named(batch)} is undecided", batch.Reason ?? "", $"/batches/{batch.BatchId}", batch.PushedAt));
    }

    private static async Task<IEnumerable<Waiting>> QuarantineAsync(Reader reader, DateTimeOffset now)
    {
        var batches = await reader.ListAsync<BatchLine>(
            $"""
            select {BatchLine.Columns} from intake_v_batches b left join pipelines_v_batches p on p.batch_id = b.batch_id
            where b.quarantined > 0 and b.pushed_at > @lately order by b.pushed_at desc limit @Shown
            """,
            new { lately = (now - Lately).ToUnixTimeMilliseconds(), Shown });
        return batches.Select(batch => new Waiting(
            "warn", "Quarantine", $"{batch.Quarantined} {(batch.Quarantined == 1 ? "row" : "rows")} of {Named(batch)} in quarantine", $"{batch.Accepted} of {batch.RowCount} rows were accepted.",
            $"/batches/{batch.BatchId}?verdict=quarantined", batch.PushedAt));
    }

    private static string Named(BatchLine batch) => batch.Name.Length > 0 ? batch.Name : batch.BatchId;
}
