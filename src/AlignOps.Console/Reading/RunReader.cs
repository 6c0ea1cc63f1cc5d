using System.Security.Claims;
using AlignOps.Platform.Storage;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads one run with all that belongs to it.</summary>
internal sealed class RunReader(IDatabase database, StoredFiles files, GateLevels levels, TimeProvider time)
{
    /// <param name="answers">Which answers to show, see <see cref="AnswerPage.Kinds"/>.</param>
    public async Task<RunModel?> FindAsync(string runId, string? answers, int page, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        if (await reader.FindAsync<RunLine>($"select {RunLine.Columns} from pipelines_v_runs r where r.run_id = @runId", new { runId }) is not { } run)
        {
            return null;
        }

        var events = await reader.ListAsync<RunEventLine>("select seq as Seq, at as At, kind as Kind, detail as Detail from pipelines_v_run_events where run_id = @runId order by seq", new { runId });
        var jobs = await reader.ListAsync<JobLine>($"select {JobLine.Columns} from platform_v_jobs where run_id = @runId order by created_at, job_id", new { runId });
        var gate = await files.GateAsync(run.RecordDigest, cancellationToken);
        var evidence = await files.EvidenceAsync(run.EvidenceDigest, cancellationToken);
        var approval = await reader.FindAsync<ApprovalLine>($"select {ApprovalLine.Columns} from promotion_v_approvals where run_id = @runId", new { runId });
        var judging = jobs.LastOrDefault(job => job.Kind == RunSteps.Evaluate);
        var outcomes = evidence is null ? EvidenceCurve.Outcomes(judging?.Detail) : EvidenceCurve.Outcomes(evidence);
        var alpha = gate?.Policy.Alpha ?? (outcomes.Count > 0 ? await levels.AlphaAsync(run, visitor, cancellationToken) : null);
        return new RunModel(
            run,
            RunSteps.Of(run, jobs, events),
            events,
            await BatchesAsync(reader, run, gate),
            run.DatasetDigest is null ? null : await reader.FindAsync<DatasetLine>(
                "select digest as Digest, train_rows as TrainRows, held_out_rows as HeldOutRows, synthetic_rows as SyntheticRows from intake_v_datasets where digest = @DatasetDigest and run_id = @RunId", run),
            await LossAsync(reader, run, jobs, cancellationToken),
            EvidenceCurve.Of(outcomes, alpha, evidence is not null),
            gate,
            approval,
            approval is null ? [] : await reader.ListAsync<VoteLine>(
                "select person as Person, answer as Answer, reason as Reason, at as At from promotion_v_approval_votes where run_id = @runId order by at, person", new { runId }),
            await DeploymentReader.OfRunAsync(reader, runId),
            evidence is null ? null : AnswerPage.Of(evidence, answers, page),
            time.GetUtcNow())
        {
            Suites = evidence is null ? [] : SuiteLine.Of(evidence),
        };
    }

    /// <summary>The whole curve once it is stored, until then what the job last told.</summary>
    private async Task<TrainingCurve> LossAsync(Reader reader, RunLine run, IReadOnlyList<JobLine> jobs, CancellationToken cancellationToken)
    {
        var trained = await reader.FindAsync<string>("select metrics_digest from training_v_candidates where run_id = @RunId", run);
        return await files.MetricsAsync(trained, cancellationToken) ?? TrainingCurve.OfJob(jobs.LastOrDefault(job => job.Kind == RunSteps.Train)?.Detail);
    }

    /// <summary>As the gate's record names them; before it, those whose latest run this is.</summary>
    private static async Task<IReadOnlyList<BatchLine>> BatchesAsync(Reader reader, RunLine run, GateRecord? gate)
    {
        const string From = "from intake_v_batches b left join pipelines_v_batches p on p.batch_id = b.batch_id";
        if (gate is null)
        {
            return await reader.ListAsync<BatchLine>($"select {BatchLine.Columns} {From} where p.run_id = @RunId order by b.pushed_at, b.batch_id", run);
        }

        var found = new List<BatchLine>();
        foreach (var batchId in gate.BatchIds)
        {
            found.AddRange(await reader.ListAsync<BatchLine>($"select {BatchLine.Columns} {From} where b.batch_id = @batchId", new { batchId }));
        }

        return found;
    }
}
