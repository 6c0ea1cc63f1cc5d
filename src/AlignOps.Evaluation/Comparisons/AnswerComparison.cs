using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;
using AlignOps.Statistics.Slices;

namespace AlignOps.Evaluation.Comparisons;

/// <summary>Lets a judge compare two models' answers in both orders, and says what it came to as a whole and in every slice.</summary>
/// <param name="margin">How far below 1/2 a slice's win rate has to lie to be called worse.</param>
/// <param name="atLeast">Units below which a slice is inconclusive.</param>
internal sealed class AnswerComparison(IJudge judge, double alpha = 0.05, double margin = 0.05, int atLeast = 20, int concurrency = 4)
{
    public async Task<ComparisonReport> RunAsync(IReadOnlyList<ComparedAnswers> questions, CancellationToken cancellationToken)
    {
        var outcomes = new EvidenceComparison[questions.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, questions.Count, options, async (i, token) =>
        {
            var item = new SuiteItem(questions[i].Id, "all", questions[i].Cluster, questions[i].Prompt, questions[i].Expect);
            outcomes[i] = await BothOrders.CompareAsync(judge, item, questions[i].First, questions[i].Second, token);
        });

        (string Unit, double Value, IReadOnlyList<string> Slices)[] scored =
            [.. questions.Zip(outcomes).Where(pair => pair.Second.Outcome is not null).Select(pair => (pair.First.Cluster ?? "item " + pair.First.Id, pair.Second.Outcome!.Value, pair.First.Slices))];
        var units = Clusters.Means(scored.Select(one => (one.Unit, one.Value)));
        var slices = scored.SelectMany(one => one.Slices).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(slice => new ComparedSlice(slice, Clusters.Means(scored.Where(one => one.Slices.Contains(slice)).Select(one => (one.Unit, one.Value))), 0.5 - margin));
        return new ComparisonReport(
            outcomes, PairedWinRate.Of(units),
            BettingConfidenceSequence.Lower(units, alpha / 2, rule: BettingRule.Mixture), BettingConfidenceSequence.Upper(units, alpha / 2, rule: BettingRule.Mixture),
            SliceComparison.Of([.. slices], alpha, alpha, atLeast));
    }
}
