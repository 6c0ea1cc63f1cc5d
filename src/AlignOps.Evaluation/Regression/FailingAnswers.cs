using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Regression;

/// <summary>Finds the answers that a regression is made of.</summary>
internal static class FailingAnswers
{
    /// <summary>
    /// Rows of regressed parts in which the candidate lost, the worst first. Against the champion, or against the anchor where only that comparison regressed: so an answer is
    /// set beside the one that the pipeline could have kept.
    /// </summary>
    public static IReadOnlyList<FailingAnswer> Of(EvidenceFile evidence, IReadOnlyList<ComparedPart> regressed)
    {
        // What is worse than the untrained base alone has not regressed from anything that the pipeline had.
        if (regressed.All(part => part.Opponent == ComparedPart.Baseline)) return [];
        var opponent = regressed.Any(part => part.Opponent == ComparedPart.Champion) ? ComparedPart.Champion : ComparedPart.Anchor;
        var named = regressed.Where(part => part.Opponent == opponent).Select(part => (part.Kind, part.Suite, part.Name)).ToHashSet();
        var values = PartValues.All(evidence).Where(part => part.Opponent == opponent && named.Contains((part.Kind, part.Suite, part.Name))).ToList();
        return
        [
            .. evidence.Items
                .Select(item => (Item: item, Worst: values.Min(part => part.Of(item))))
                .Where(row => row.Worst < 0.5)
                .Select(row => Describe(row.Item, opponent, 1 - (2 * row.Worst!.Value)))
                .OrderByDescending(answer => answer.Loss),
        ];
    }

    /// <summary>At most <paramref name="count"/>, from each slice in turn, so that a large slice hides no small one.</summary>
    public static IReadOnlyList<FailingAnswer> Examples(IReadOnlyList<FailingAnswer> answers, int count) =>
    [
        .. answers.GroupBy(answer => (answer.Suite, answer.Slice))
            .SelectMany(slice => slice.Select((answer, turn) => (answer, turn)))
            .OrderBy(pair => pair.turn)
            .Take(count)
            .Select(pair => pair.answer),
    ];

    private static FailingAnswer Describe(EvidenceItem item, string opponent, double loss)
    {
        var better = PartValues.Other(item, opponent)!;
        string[] lost = [.. better.Checks.Where(check => check.Value && item.Candidate.Checks.TryGetValue(check.Key, out var shown) && !shown).Select(check => check.Key).Order(StringComparer.Ordinal)];
        return new FailingAnswer(item.Suite, item.Id, item.Sample, item.Slice, item.Question, opponent, item.Candidate.Text, better.Text, Math.Round(loss, 6), lost);
    }
}
