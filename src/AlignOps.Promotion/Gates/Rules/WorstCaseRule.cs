namespace AlignOps.Promotion.Gates.Rules;

/// <summary>What is proven must stay proven with every unscored row counted as the candidate's loss.</summary>
internal static class WorstCaseRule
{
    /// <param name="requirements">The rules by values, with what they found as scored.</param>
    public static RuleResult Apply(GateSection section, GateEvidence evidence, IReadOnlyList<(MeanRule Rule, RuleResult AsScored, Func<bool, IReadOnlyList<double>> Values)> requirements)
    {
        if (evidence.Unscored == 0) return Result(RuleVerdict.Pass, evidence, "Nothing is unscored, so there is no worse case.");

        foreach (var (rule, asScored, values) in requirements)
        {
            if (asScored.Verdict != RuleVerdict.Pass) continue;
            var worst = rule.Apply(values(true), section.MinItems);
            if (worst.Verdict != RuleVerdict.Pass) return Result(RuleVerdict.Undecided, evidence, $"With the {evidence.Unscored} unscored rows as losses, {char.ToLowerInvariant(worst.Sentence[0])}{worst.Sentence[1..]}");
        }

        return Result(RuleVerdict.Pass, evidence, $"With the {evidence.Unscored} unscored rows as losses, what is proven stays proven.");
    }

    private static RuleResult Result(RuleVerdict verdict, GateEvidence evidence, string sentence) =>
        new("worst-case", RuleKind.Requirement, verdict, "Unscored rows as losses", evidence.Unscored, null, evidence.Rows, null, null, null, sentence);
}
