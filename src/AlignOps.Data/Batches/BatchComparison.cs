using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Batches;

/// <summary>
/// Compares a batch's sound rows with each other. Preferences that contradict each other are all quarantined, as nothing tells which is
/// meant; of rows with the same content the first is kept.
/// </summary>
internal static class BatchComparison
{
    public static IReadOnlyList<RowOutcome> Apply(IReadOnlyList<RowOutcome> outcomes)
    {
        var first = new Dictionary<string, RowOutcome>(outcomes.Count, StringComparer.Ordinal);
        foreach (var outcome in outcomes.Where(o => o.Fault is null))
        {
            first.TryAdd(outcome.Row!.Id, outcome);
        }

        return [.. outcomes.Select(outcome => outcome.Fault is null ? outcome with { Fault = Compare(outcome, first) } : outcome)];
    }

    private static RowFault? Compare(RowOutcome outcome, Dictionary<string, RowOutcome> first)
    {
        var row = outcome.Row!;
        if (Mirror(row) is { } mirror && first.TryGetValue(mirror.Id, out var opposite))
        {
            return RowFault.Quarantined(RowReasons.Contradiction, $"Line {opposite.Line} prefers the other of the same two answers.");
        }

        return first[row.Id] is var original && original.Sequence != outcome.Sequence
            ? new RowFault(RowVerdict.Duplicate, RowReasons.DuplicateInBatch, $"The same as line {original.Line}.")
            : null;
    }

    /// <summary>The row that prefers the other answer; null for kinds that do not contradict each other.</summary>
    private static FeedbackRow? Mirror(FeedbackRow row) => row.Kind == FeedbackKind.Preference
        ? row with { Candidates = [row.Candidates[1] with { Score = row.Candidates[0].Score }, row.Candidates[0] with { Score = row.Candidates[1].Score }] }
        : null;
}
