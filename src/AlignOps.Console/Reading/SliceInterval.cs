using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;

namespace AlignOps.WebConsole.Reading;

/// <summary>A slice or behaviour with the interval that holds at every sample size with probability 1 − 2·alpha.</summary>
/// <param name="Lower">Null where the evidence itself is gone.</param>
public sealed record SliceInterval(GateRecord.Slice Slice, double? Lower, double? Upper)
{
    /// <summary>The tested slices of a record, worst first, each with the interval of its advantage in [−1, 1].</summary>
    internal static IReadOnlyList<SliceInterval> Of(GateRecord gate, EvidenceFile? evidence) =>
        [.. gate.Slices.OrderBy(slice => slice.Advantage).Select(slice => Of(slice, evidence is null ? [] : Values(slice, evidence), gate.Policy.GuardAlpha))];

    private static SliceInterval Of(GateRecord.Slice slice, IReadOnlyList<double> values, double alpha) => values.Count == 0
        ? new SliceInterval(slice, null, null)
        : new SliceInterval(slice, 2 * BettingConfidenceSequence.Lower(values, alpha) - 1, 2 * BettingConfidenceSequence.Upper(values, alpha) - 1);

    /// <summary>One value in [0, 1] a unit, 1/2 meaning "like the champion", as the gate has them.</summary>
    private static IReadOnlyList<double> Values(GateRecord.Slice slice, EvidenceFile evidence) => Clusters.Means(
        evidence.Items
            .Select(item => (item.Unit, Value: Value(slice, item)))
            .Where(row => row.Value is not null)
            .Select(row => (row.Unit, row.Value!.Value)));

    private static double? Value(GateRecord.Slice slice, EvidenceItem item) => slice.Kind switch
    {
        "slice" => item.Slice == slice.Name ? item.VersusChampion?.Outcome : null,
        "language" => item.Language == slice.Name ? item.VersusChampion?.Outcome : null,
        "suite" => item.Suite == slice.Name ? ScoreGain(item) : null,
        "suite slice" => $"{item.Suite}/{item.Slice}" == slice.Name ? ScoreGain(item) : null,
        _ => Gain(item, slice.Name),
    };

    private static double? ScoreGain(EvidenceItem item) => (item.Candidate.Score - item.Champion.Score + 1) / 2;

    private static double? Gain(EvidenceItem item, string check) =>
        item.Candidate.Checks.TryGetValue(check, out var candidate) && item.Champion.Checks.TryGetValue(check, out var champion)
            ? ((candidate ? 1 : 0) - (champion ? 1 : 0) + 1) / 2.0
            : null;
}
