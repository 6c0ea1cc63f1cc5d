using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Regression;

/// <summary>A part of the evidence with what each of its rows says of it.</summary>
/// <param name="Of">A row's value in [0, 1], 1/2 meaning equal; null where it does not belong to the part or is unscored.</param>
internal sealed record PartValues(string Opponent, string Kind, string Suite, string Name, Func<EvidenceItem, double?> Of)
{
    /// <summary>Every suite, slice and behaviour against the champion, then against the anchor where it is another model; every suite against the untrained base.</summary>
    public static IReadOnlyList<PartValues> All(EvidenceFile evidence)
    {
        string[] opponents = evidence.Header.Anchor == evidence.Header.Champion ? [ComparedPart.Champion] : [ComparedPart.Champion, ComparedPart.Anchor];
        return [.. opponents.SelectMany(opponent => Against(opponent, evidence)), .. evidence.Header.Baseline is null ? [] : AgainstBaseline(evidence)];
    }

    private static IEnumerable<PartValues> AgainstBaseline(EvidenceFile evidence) => evidence.Header.Suites
        .Where(suite => evidence.Items.Any(item => item.Suite == suite.Name && item.VersusBaseline is not null))
        .Select(suite => new PartValues(ComparedPart.Baseline, ComparedPart.OfSuite, suite.Name, suite.Name, item => item.Suite == suite.Name ? item.VersusBaseline?.Outcome : null));

    private static IEnumerable<PartValues> Against(string opponent, EvidenceFile evidence)
    {
        foreach (var suite in evidence.Header.Suites)
        {
            yield return new PartValues(opponent, ComparedPart.OfSuite, suite.Name, suite.Name, item => item.Suite == suite.Name ? Value(item, opponent) : null);
            foreach (var slice in evidence.Items.Where(item => item.Suite == suite.Name).Select(item => item.Slice).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                yield return new PartValues(
                    opponent, ComparedPart.OfSlice, suite.Name, slice, item => item.Suite == suite.Name && item.Slice == slice ? Value(item, opponent) : null);
            }
        }

        foreach (var language in evidence.Items.Select(item => item.Language).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return new PartValues(opponent, ComparedPart.OfLanguage, "", language, item => item.Language == language ? Value(item, opponent) : null);
        }

        foreach (var check in evidence.Items.SelectMany(item => item.Candidate.Checks.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return new PartValues(opponent, ComparedPart.OfBehaviour, "", check, item => CheckValue(item, check, Other(item, opponent)));
        }
    }

    /// <summary>The answer the candidate's is compared with; null where that model was not asked.</summary>
    public static EvidenceAnswer? Other(EvidenceItem item, string opponent) => opponent == ComparedPart.Champion ? item.Champion : item.Anchor;

    private static double? Value(EvidenceItem item, string opponent)
    {
        var comparison = opponent == ComparedPart.Champion ? item.VersusChampion : item.VersusAnchor;
        return comparison is not null ? comparison.Outcome : (item.Candidate.Score - Other(item, opponent)?.Score + 1) / 2;
    }

    private static double? CheckValue(EvidenceItem item, string check, EvidenceAnswer? other) =>
        item.Candidate.Checks.TryGetValue(check, out var ours) && other is not null && other.Checks.TryGetValue(check, out var theirs)
            ? ((ours ? 1 : 0) - (theirs ? 1 : 0) + 1) / 2.0
            : null;
}
