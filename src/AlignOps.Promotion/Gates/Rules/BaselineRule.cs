using AlignOps.Contracts.Evidence;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// A candidate should beat its own base behind a prompt with three examples, which costs no training. Advice by default: a first champion may well be no better yet, and the
/// comparison rests on few items.
/// </summary>
internal static class BaselineRule
{
    private const string Metric = "Win rate against the untrained base with a fixed prompt";

    /// <summary>None where no baseline was asked and none is required.</summary>
    public static IReadOnlyList<RuleResult> Apply(GateSection section, EvidenceHeader header, GateEvidence evidence)
    {
        if (header.Baseline is null)
        {
            return section.RequireBaseline
                ? [new RuleResult("baseline", RuleKind.Requirement, RuleVerdict.Undecided, Metric, null, 0.5, 0, null, null, null, "No untrained base was asked: set evaluation.baseline: { kind: urial }, or gate.require_baseline: false.")]
                : [];
        }

        var values = evidence.VersusBaseline();
        var kind = section.RequireBaseline ? RuleKind.Requirement : RuleKind.Advice;
        var better = new MeanRule("baseline", RuleKind.Requirement, Metric, 0.5, section.GuardAlpha, Difference: false).Apply(values, section.MinItems);
        if (values.Count < section.MinItems && evidence.BaselineUnscored is { } reason) return [better with { Kind = kind, Sentence = $"{better.Sentence} {reason}" }];
        if (better.Verdict == RuleVerdict.Pass || values.Count < section.MinItems) return [better with { Kind = kind }];

        var worse = new MeanRule("baseline", RuleKind.Alarm, Metric, 0.5, section.GuardAlpha, Difference: false).Apply(values, section.MinItems);
        return [worse.Verdict == RuleVerdict.Fail ? worse with { Kind = kind, Sentence = $"{worse.Sentence} What a prompt gets without training is better than this candidate." } : better with { Kind = kind }];
    }
}
