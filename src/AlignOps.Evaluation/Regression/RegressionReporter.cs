using AlignOps.Contracts.Evidence;
using AlignOps.Data.Datasets;
using AlignOps.Evaluation.Regression.Attribution;
using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Platform.Blobs;

namespace AlignOps.Evaluation.Regression;

/// <summary>Makes a run's regression report of its evidence and its dataset version, when somebody asks.</summary>
internal sealed class RegressionReporter(IBlobStore blobs)
{
    private const int MostExamples = 20;

    /// <exception cref="BlobMissingException">Evidence or dataset are gone.</exception>
    public async Task<RegressionReport> ReportAsync(RegressionRun run, IReadOnlyList<Trial> trials, CancellationToken cancellationToken)
    {
        var evidence = EvidenceFile.Read(await blobs.ReadTextAsync(run.EvidenceDigest!, cancellationToken));
        var parts = RegressionCheck.Of(evidence);
        var failing = FailingAnswers.Of(evidence, [.. parts.Where(part => part.Regressed)]);
        var batches = failing.Count == 0 ? [] : OverlapAttribution.Of(failing, await TaughtAsync(run.DatasetDigest!, cancellationToken), evidence.Header.Seed);
        var views = new List<TrialView>();
        foreach (var trial in trials)
        {
            var finding = trial.EvidenceDigest is { } digest ? TrialComparison.Of(evidence, EvidenceFile.Read(await blobs.ReadTextAsync(digest, cancellationToken)), trial.BatchId) : null;
            views.Add(new TrialView(trial.TrialId, trial.BatchId, trial.State, trial.Reason, finding));
        }

        var header = evidence.Header;
        return new RegressionReport(
            run.RunId, run.Pipeline, header.Candidate, header.Champion, header.Anchor, Say(parts, failing, batches), parts, batches, failing.Count, FailingAnswers.Examples(failing, MostExamples), views);
    }

    /// <summary>The rows as they were trained on; answers that a model made on a batch's prompts are counted with no batch.</summary>
    private async Task<IReadOnlyList<TaughtRow>> TaughtAsync(string datasetDigest, CancellationToken cancellationToken)
    {
        var manifest = DatasetJson.Read(await blobs.ReadTextAsync(datasetDigest, cancellationToken));
        await using var content = await blobs.OpenAsync(manifest.Train, cancellationToken);
        var rows = await DatasetJson.ReadRowsAsync(content, cancellationToken);
        return [.. rows.Where(row => row.Provenance.SyntheticDepth == 0).Select(TaughtRow.Of).OfType<TaughtRow>()];
    }

    private static string Say(IReadOnlyList<ComparedPart> parts, IReadOnlyList<FailingAnswer> failing, IReadOnlyList<ImplicatedBatch> batches)
    {
        var regressed = parts.Where(part => part.Regressed).ToList();
        var small = parts.Count(part => part.Units < RegressionCheck.LeastUnits);
        var tested = FormattableString.Invariant($"{parts.Count - small} suites, slices and behaviours tested{(small > 0 ? $" ({small} are too small to tell)" : "")}");
        if (regressed.Count == 0) return $"Of {tested} none is proven worse.";

        var worst = regressed.MinBy(part => part.Advantage)!;
        var where = FormattableString.Invariant($"Of {tested} {regressed.Count} are worse, most of all {worst.Label} at {worst.Advantage:+0.###;-0.###} against the {worst.Opponent} over {worst.Units} sources.");
        var named = batches.Where(batch => batch.StandsOut).ToList();
        return named.Count == 0
            ? $"{where} No batch stands out among those it was trained on."
            : FormattableString.Invariant($"{where} What the {failing.Count} failing answers newly say is taught by {string.Join(" and ", named.Select(batch => FormattableString.Invariant($"{batch.BatchId} ({batch.Share:P0} of the pull, p {batch.PValue:0.####})")))}.");
    }
}
