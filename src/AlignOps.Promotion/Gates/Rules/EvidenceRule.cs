using AlignOps.Contracts.Evidence;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>The evidence is there, is about these models, and is whole. Missing evidence is inconclusive.</summary>
internal static class EvidenceRule
{
    public static RuleResult Apply(EvidenceFile? file, GateContext context)
    {
        var fault = file is null ? $"Evidence {Short(context.EvidenceDigest)} is not to be had." : Fault(file, context);
        var rows = file?.Items.Count ?? 0;
        return new RuleResult(
            "evidence", RuleKind.Requirement, fault is null ? RuleVerdict.Pass : RuleVerdict.Undecided, "Rows of evidence", rows, null, rows, null, null, null,
            fault ?? $"Evidence {Short(context.EvidenceDigest)} is about these models and whole: {rows} rows.{Caveat(file!)}");
    }

    /// <summary>No suite says which model is better: only the feedback itself does.</summary>
    public static bool FeedbackJudges(EvidenceFile file) => file.Header.Suites.Where(suite => suite.Role == SuiteRole.Preference).All(suite => suite.Judge == EvidenceSuite.HeldOutFeedback);

    /// <summary>What readers have to know of a judge that is the feedback itself.</summary>
    private static string Caveat(EvidenceFile file) => FeedbackJudges(file)
        ? " Only the run's own held-out feedback says which model is better: it tells whether the feedback was learned, not whether it was good."
        : "";

    private static string? Fault(EvidenceFile file, GateContext context)
    {
        var header = file.Header;
        if (header.RunId != context.RunId) return $"The evidence is of run {header.RunId}, not of {context.RunId}.";
        if (header.DefinitionDigest != context.DefinitionDigest) return "The evidence was made under another pipeline definition.";
        if (header.Candidate != context.Candidate) return $"The evidence is about candidate {header.Candidate.ShortName}, not {context.Candidate.ShortName}.";
        if (header.Champion != context.Champion) return $"The evidence compares with champion {header.Champion.ShortName}, not {context.Champion.ShortName}.";
        if (header.Anchor != context.Anchor) return $"The evidence compares with anchor {header.Anchor.ShortName}, not {context.Anchor.ShortName}.";
        if (header.Suites.All(suite => suite.Role != SuiteRole.Preference)) return "The evidence has no preference suite, so nothing says that the candidate is better.";

        var suites = header.Suites.Select(suite => suite.Name).ToHashSet(StringComparer.Ordinal);
        if (suites.Count < header.Suites.Count) return "The evidence names a suite twice.";
        if (file.Items.FirstOrDefault(item => !suites.Contains(item.Suite)) is { } stranger) return $"The evidence has rows of a suite that it does not name, {stranger.Suite}.";

        foreach (var suite in header.Suites)
        {
            var rows = file.Items.Where(item => item.Suite == suite.Name).ToList();
            var distinct = rows.Select(item => (item.Id, item.Sample)).Distinct().Count();
            if (distinct != rows.Count) return $"Suite {suite.Name} has the same draw twice.";
            if (rows.Count == 0) return $"Suite {suite.Name} has no rows.";
            if (rows.Count != suite.Items * suite.Samples) return $"Suite {suite.Name} has {rows.Count} rows of {suite.Items * suite.Samples}.";
            if (suite.Role == SuiteRole.Preference && rows.Any(item => item.VersusChampion is null || item.VersusAnchor is null)) return $"Suite {suite.Name} has rows without a comparison.";
        }

        return null;
    }

    private static string Short(string digest) => digest.Length > 8 ? digest[..8] : digest;
}
