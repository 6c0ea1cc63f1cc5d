using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;

namespace AlignOps.Evaluation.Judging;

/// <summary>Scores and compares the answers of a draw, and writes down all of it.</summary>
internal static class EvidenceWriter
{
    /// <param name="anchor">Null where the anchor is the champion (its comparison is the champion's), or was not asked.</param>
    public static async Task<EvidenceItem> WriteAsync(Draw draw, ModelAnswer candidate, ModelAnswer champion, ModelAnswer? anchor, CancellationToken cancellationToken)
    {
        EvidenceComparison? versusChampion = null, versusAnchor = null;
        if (draw.Suite.Section.Role == SuiteRole.Preference)
        {
            versusChampion = await CompareAsync(draw, candidate, champion, cancellationToken);
            versusAnchor = anchor is null ? versusChampion : await CompareAsync(draw, candidate, anchor, cancellationToken);
        }

        return new EvidenceItem(
            draw.Suite.Section.Name, draw.Item.Id, draw.Sample, draw.Item.Slice, draw.Item.Cluster, draw.Item.Prompt[^1].Content,
            Score(draw, candidate), Score(draw, champion), anchor is null ? null : Score(draw, anchor), versusChampion, versusAnchor);
    }

    private static async Task<EvidenceComparison> CompareAsync(Draw draw, ModelAnswer candidate, ModelAnswer other, CancellationToken cancellationToken) =>
        (candidate.Unasked ?? other.Unasked) is { } reason
            ? new EvidenceComparison(null, Consistent: true, reason)
            : await BothOrders.CompareAsync(draw.Suite.Judge, draw.Item, candidate.Text, other.Text, cancellationToken);

    private static EvidenceAnswer Score(Draw draw, ModelAnswer answer)
    {
        if (answer.Unasked is { } unasked) return new EvidenceAnswer("", false, null, false, new Dictionary<string, bool>(), unasked);

        var found = draw.Suite.Verifier.Verify(draw.Item.Prompt, answer.Text, draw.Item.Expect);
        var score = found.Score is { } value && double.IsFinite(value) ? Math.Clamp(value, 0, 1) : (double?)null;
        var reason = score is null ? found.UnscoredReason ?? "The verifier gave no score." : null;
        return new EvidenceAnswer(answer.Text, answer.Cut, score, score is not null && found.Passes, new SortedDictionary<string, bool>(found.Checks.ToDictionary(), StringComparer.Ordinal), reason);
    }
}
