using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>Asks for a run's training without one of its batches: the same recipe, seed and start, the rows of the others, and the same questions afterwards.</summary>
internal sealed class TrialDesk(IDatabase database, IBlobStore blobs, TimeProvider time)
{
    /// <returns>The trial, or why there can be none.</returns>
    public async Task<(Trial? Trial, TrialRefusal? Refusal)> AskAsync(RegressionRun run, string batchId, string caller, CancellationToken cancellationToken)
    {
        var evidence = EvidenceFile.Read(await blobs.ReadTextAsync(run.EvidenceDigest!, cancellationToken));
        var manifest = DatasetJson.Read(await blobs.ReadTextAsync(run.DatasetDigest!, cancellationToken));
        if (!manifest.BatchIds.Contains(batchId)) return (null, new TrialRefusal("unknown-batch", $"Run {run.RunId} has no batch {batchId}; it has {string.Join(", ", manifest.BatchIds)}."));
        if (RegressionCheck.Of(evidence).All(part => !part.Regressed)) return (null, new TrialRefusal("no-regression", $"Nothing regressed in run {run.RunId}, so there is nothing to recover."));

        await using var content = await blobs.OpenAsync(manifest.Train, cancellationToken);
        var left = Without(await DatasetJson.ReadRowsAsync(content, cancellationToken), batchId);
        if (left.Count == 0) return (null, new TrialRefusal("only-batch", $"All that run {run.RunId} was trained on came of {batchId}: there is nothing to train without it."));

        var trial = new Trial
        {
            TrialId = Trial.IdOf(run.RunId, batchId),
            RunId = run.RunId,
            BatchId = batchId,
            State = Trial.Training,
            DatasetDigest = await StoreAsync(manifest, left, batchId, cancellationToken),
            AskedBy = caller,
            At = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var train = new TrainCandidate(trial.TrialId, run.Pipeline, run.DefinitionDigest, trial.DatasetDigest, run.Start, evidence.Header.Champion, evidence.Header.Seed);
        var kept = await database.WriteAsync(
            async (work, token) =>
            {
                if (await TrialStore.AddAsync(work, trial, token)) await work.SendAsync(train, $"{trial.TrialId}/train", token);
                return await TrialStore.FindAsync(work.Connection, work.Transaction, trial.TrialId, token);
            },
            cancellationToken);
        return (kept, null);
    }

    /// <summary>Also without what a model answered to the batch's prompts.</summary>
    internal static IReadOnlyList<FeedbackRow> Without(IReadOnlyList<FeedbackRow> rows, string batchId)
    {
        var own = rows.Where(row => row.Provenance.BatchId == batchId).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(row => row.Provenance.BatchId != batchId && (row.Provenance.ParentRowId is not { } parent || !own.Contains(parent)))];
    }

    private async Task<string> StoreAsync(DatasetManifest manifest, IReadOnlyList<FeedbackRow> rows, string batchId, CancellationToken cancellationToken)
    {
        var train = await PutAsync(DatasetJson.WriteRows(rows), cancellationToken);
        var synthetic = rows.Count(row => row.Provenance.SyntheticDepth > 0);
        string[] batches = [.. manifest.BatchIds.Where(batch => batch != batchId)];
        var replayed = rows.Count(row => row.Provenance.SyntheticDepth == 0 && !batches.Contains(row.Provenance.BatchId));
        return await PutAsync(
            DatasetJson.Write(manifest with { Train = train, TrainRows = rows.Count, SyntheticRows = synthetic, ReplayRows = replayed, BatchIds = batches }), cancellationToken);
    }

    private async Task<string> PutAsync(byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await blobs.PutAsync(stream, cancellationToken);
    }
}
