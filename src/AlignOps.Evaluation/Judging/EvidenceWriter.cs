using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;

namespace AlignOps.Evaluation.Judging;

/// <summary>Scores and compares the answers of a draw, and writes down all of it.</summary>
internal static class EvidenceWriter
{
    private const double TieWithin = 1e-9;

    /// <param name="anchor">Null where the anchor is the champion (its comparison is the champion's).</param>
    public static async Task<EvidenceItem> WriteAsync(Draw draw, ModelAnswer candidate, ModelAnswer champion, ModelAnswer? anchor, CancellationToken cancellationToken)
    {
        var ours = await ScoreAsync(draw, candidate, cancellationToken);
        var theirs = await ScoreAsync(draw, champion, cancellationToken);
        var third = anchor is null ? null : await ScoreAsync(draw, anchor, cancellationToken);
        EvidenceComparison? versusChampion = null, versusAnchor = null;
        if (draw.Suite.Section.Role == SuiteRole.Preference)
        {
            versusChampion = await CompareAsync(draw, (candidate, ours), (champion, theirs), cancellationToken);
            versusAnchor = anchor is null ? versusChampion : await CompareAsync(draw, (candidate, ours), (anchor, third!), cancellationToken);
        }

        return new EvidenceItem(
            draw.Suite.Section.Name, draw.Item.Id, draw.Sample, draw.Item.Slice, draw.Item.Cluster, draw.Item.LastQuestion, ours, theirs, third, versusChampion, versusAnchor)
        {
            Language = draw.Item.Language,
        };
    }

    /// <summary>The row with what the untrained base answered to it.</summary>
    public static async Task<EvidenceItem> WithBaselineAsync(EvidenceItem item, Draw draw, ModelAnswer candidate, ModelAnswer baseline, CancellationToken cancellationToken)
    {
        var scored = await ScoreAsync(draw, baseline, cancellationToken);
        return item with { Baseline = scored, VersusBaseline = await CompareAsync(draw, (candidate, item.Candidate), (baseline, scored), cancellationToken) };
    }

    private static async Task<EvidenceComparison> CompareAsync(
        Draw draw, (ModelAnswer Answer, EvidenceAnswer Scored) candidate, (ModelAnswer Answer, EvidenceAnswer Scored) other, CancellationToken cancellationToken) => (draw.Suite.Judge, candidate.Answer.Unasked ?? other.Answer.Unasked) switch
        {
            (_, { } reason) => new EvidenceComparison(null, Consistent: true, reason),
            ({ } judge, _) => await BothOrders.CompareAsync(judge, draw.Item, candidate.Answer.Judged, other.Answer.Judged, cancellationToken),
            _ => ByScore(candidate.Scored, other.Scored),
        };

    /// <summary>Scores have no places, so there are no two orders.</summary>
    private static EvidenceComparison ByScore(EvidenceAnswer candidate, EvidenceAnswer other) => (candidate.Score, other.Score) is ({ } ours, { } theirs)
        ? new EvidenceComparison(PairedOutcome.Of(new ScoredPair(ours, theirs, TieWithin)), Consistent: true, null)
        : new EvidenceComparison(null, Consistent: true, candidate.UnscoredReason ?? other.UnscoredReason);

    private static async Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken) => answer.Unasked is { } unasked
        ? new EvidenceAnswer("", false, null, false, new Dictionary<string, bool>(), unasked)
        : await draw.Suite.Scoring.ScoreAsync(draw, answer, cancellationToken);
}
