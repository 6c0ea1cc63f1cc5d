using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;

namespace AlignOps.Evaluation.HeldOut;

/// <summary>The evidence of a run's own held-out feedback, one model in memory at a time.</summary>
internal sealed class HeldOutJudging(IBlobStore blobs, IPolicyEngine engine)
{
    /// <param name="most">Most pairs compared; 0 asks for none.</param>
    /// <exception cref="JobFailedException"><c>dataset-unreadable</c> or <c>model-unreadable</c>.</exception>
    public async Task<(EvidenceSuite Suite, IReadOnlyList<EvidenceItem> Items)?> JudgeAsync(EvaluateCandidate command, int most, CancellationToken cancellationToken)
    {
        if (most == 0) return null;
        var (digest, pairs) = await PairsAsync(command, most, cancellationToken);
        var candidate = await ScoreAsync(command.Candidate, pairs, cancellationToken);
        var champion = await ScoreAsync(command.Champion, pairs, cancellationToken);
        var anchor = command.Anchor == command.Champion ? null : await ScoreAsync(command.Anchor, pairs, cancellationToken);
        return (HeldOutEvidence.Suite(digest, pairs.Count), [.. pairs.Select((pair, i) => HeldOutEvidence.Item(pair, candidate[i], champion[i], anchor?[i]))]);
    }

    private async Task<(string Digest, IReadOnlyList<HeldOutPair> Pairs)> PairsAsync(EvaluateCandidate command, int most, CancellationToken cancellationToken)
    {
        if (command.DatasetDigest is null) throw new JobFailedException("dataset-unreadable", "The run names no dataset version, so there is no held-out feedback to judge by.");
        try
        {
            var manifest = DatasetJson.Read(await blobs.ReadTextAsync(command.DatasetDigest, cancellationToken));
            await using var content = await blobs.OpenAsync(manifest.HeldOut, cancellationToken);
            return (manifest.HeldOut, HeldOutPairs.Of(await DatasetJson.ReadRowsAsync(content, cancellationToken), most, command.Seed));
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException)
        {
            throw new JobFailedException("dataset-unreadable", $"The held-out rows of dataset {command.DatasetDigest[..8]} cannot be read: {fault.Message}");
        }
    }

    private async Task<IReadOnlyList<PairScore>> ScoreAsync(ModelRef model, IReadOnlyList<HeldOutPair> pairs, CancellationToken cancellationToken)
    {
        var checkpoint = await blobs.MaterializeAsync(model.Checkpoint, cancellationToken);
        var adapter = model.Adapter is { } digest ? await blobs.MaterializeAsync(digest, cancellationToken) : null;
        try
        {
            using var policy = engine.Load(checkpoint, adapter);
            return await Task.Run(() => new PairScorer(policy, Tokenizer.Load(checkpoint)).Score(pairs, cancellationToken), cancellationToken);
        }
        catch (ModelFormatException fault)
        {
            throw new JobFailedException("model-unreadable", $"The model {model.ShortName} cannot be loaded: {fault.Message}");
        }
    }
}
