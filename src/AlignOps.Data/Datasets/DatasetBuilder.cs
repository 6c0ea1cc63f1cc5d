using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Datasets;

/// <summary>
/// Makes a dataset version of rows: pure, and the same bytes for the same rows in any order. New rows are all taken; of replay and synthetic
/// rows as many as the mix allows, chosen by the hash of (seed, row id).
/// </summary>
public static class DatasetBuilder
{
    /// <param name="batchIds">The run's new batches.</param>
    /// <param name="seed">The run's; it chooses among replay and among synthetic rows, and nothing else.</param>
    public static Dataset Build(string pipeline, IReadOnlyCollection<string> batchIds, DatasetRows rows, MixOptions mix, long seed)
    {
        rows = rows with { New = AnswerGroups.Rank(rows.New, mix.Kinds), Replay = AnswerGroups.Rank(rows.Replay, mix.Kinds) };
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var fresh = Usable(rows.New, mix, taken);
        var replay = Usable(rows.Replay, mix, taken);
        var synthetic = Usable(rows.Synthetic, mix, taken);

        var (freshHeldOut, freshTrain) = Split(fresh, mix.HeldOutShare);
        var (replayHeldOut, replayTrain) = Split(replay, mix.HeldOutShare);
        var (_, syntheticTrain) = Split(synthetic, mix.HeldOutShare);
        if (freshTrain.Count == 0)
        {
            // A few prompts can all fall on the held-out side. A batch is pushed to be learned, so this version holds nothing out.
            (freshTrain, freshHeldOut, replayHeldOut, syntheticTrain) = (freshHeldOut, [], [], synthetic);
        }

        var (replayCount, syntheticCount) = MixShares.Cap(freshTrain.Count, replayTrain.Count, syntheticTrain.Count, mix.ReplayShare, mix.SyntheticShare);
        var (heldOutReplayCount, _) = MixShares.Cap(freshHeldOut.Count, replayHeldOut.Count, 0, mix.ReplayShare, 0);
        var train = Sorted([.. freshTrain, .. Choose(replayTrain, replayCount, seed), .. Choose(syntheticTrain, syntheticCount, seed)]);
        var heldOut = Sorted([.. freshHeldOut, .. Choose(replayHeldOut, heldOutReplayCount, seed)]);

        var trainBytes = DatasetJson.WriteRows(train);
        var heldOutBytes = DatasetJson.WriteRows(heldOut);
        var manifest = new DatasetManifest(
            pipeline,
            DatasetJson.Digest(trainBytes),
            DatasetJson.Digest(heldOutBytes),
            train.Count,
            heldOut.Count,
            syntheticCount,
            replayCount,
            [.. batchIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Unused(rows.New.Concat(rows.Replay), mix));
        return new Dataset(manifest, trainBytes, heldOutBytes);
    }

    /// <summary>Rows of kinds that the method uses and whose content no earlier list had; of equal rows the one from the first batch and line.</summary>
    private static List<FeedbackRow> Usable(IReadOnlyList<FeedbackRow> rows, MixOptions mix, HashSet<string> taken) =>
    [
        .. rows.Where(row => mix.Kinds.Contains(row.Kind))
            .OrderBy(row => row.Id, StringComparer.Ordinal)
            .ThenBy(row => row.Provenance.BatchId, StringComparer.Ordinal)
            .ThenBy(row => row.Provenance.Line)
            .Where(row => taken.Add(row.Id))
            .Select(WithoutCaller),
    ];

    // Who pushed a row is on the batch's record. Here it would give the same feedback another digest for each key it is pushed with.
    private static FeedbackRow WithoutCaller(FeedbackRow row) =>
        row.Provenance.SyntheticDepth > 0 ? row : row with { Provenance = row.Provenance with { PushedBy = "" } };

    private static (List<FeedbackRow> HeldOut, List<FeedbackRow> Train) Split(List<FeedbackRow> rows, double heldOutShare)
    {
        var sides = rows.ToLookup(row => PromptSplit.IsHeldOut(row.Prompt, heldOutShare));
        return ([.. sides[true]], [.. sides[false]]);
    }

    private static IEnumerable<FeedbackRow> Choose(List<FeedbackRow> rows, int count, long seed) =>
        rows.OrderBy(row => Lot(row.Id, seed)).ThenBy(row => row.Id, StringComparer.Ordinal).Take(count);

    private static ulong Lot(string rowId, long seed)
    {
        Span<byte> input = stackalloc byte[sizeof(long) + 64];
        BinaryPrimitives.WriteInt64BigEndian(input, seed);
        var length = Encoding.ASCII.GetBytes(rowId, input[sizeof(long)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(input[..(sizeof(long) + length)]));
    }

    private static List<FeedbackRow> Sorted(List<FeedbackRow> rows)
    {
        rows.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return rows;
    }

    private static SortedDictionary<string, int> Unused(IEnumerable<FeedbackRow> rows, MixOptions mix)
    {
        var counts = rows.Where(row => !mix.Kinds.Contains(row.Kind)).CountBy(row => row.Kind.Name()).ToDictionary();
        return new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
    }
}
