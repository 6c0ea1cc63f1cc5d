using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Multiplicity;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// No part of the evidence may be provably worse: each slice of items by win rate, each behaviour by how often it is shown. Slices overlap and behaviours cross them,
/// which e-BH allows. Parts with too few units are undecided: reported, not tested; of slices, none may be.
/// </summary>
internal static class SliceRule
{
    public static IReadOnlyList<SliceResult> Test(GateSection section, GateEvidence evidence, double alpha)
    {
        List<(SliceResult Slice, IReadOnlyList<double> Values)> parts =
        [
            .. evidence.Slices().Select(slice => (Part(SliceResult.OfItems, slice.Slice, slice.Values, -2 * section.SliceMargin, section), slice.Values)),
            .. evidence.Behaviours().Select(behaviour => (Part("behaviour", behaviour.Check, behaviour.Values, -section.SliceMargin, section), behaviour.Values)),
        ];

        var tested = Enumerable.Range(0, parts.Count).Where(i => parts[i].Slice.Verdict != RuleVerdict.Undecided).ToList();
        var harmed = EBenjaminiHochberg.Reject([.. tested.Select(i => parts[i].Slice.LogEvidence)], alpha);
        return [.. parts.Select((part, i) => tested.IndexOf(i) is >= 0 and var place && harmed[place] ? part.Slice with { Verdict = RuleVerdict.Fail } : part.Slice)];
    }

    public static RuleResult Sum(IReadOnlyList<SliceResult> slices, double alpha)
    {
        var tested = slices.Count(slice => slice.Verdict != RuleVerdict.Undecided);
        var harmed = slices.Count(slice => slice.Verdict == RuleVerdict.Fail);
        var worst = slices.Where(slice => slice.Verdict == RuleVerdict.Fail).MinBy(slice => slice.Advantage) ?? Worst(slices);
        if (worst is null || tested == 0)
        {
            return new RuleResult("slices", RuleKind.Alarm, RuleVerdict.Undecided, "Advantage in a slice", worst?.Advantage, worst?.Bound, worst?.N ?? 0, null, null, null, $"None of the {slices.Count} slices and behaviours is large enough to be tested.");
        }

        var metric = $"Advantage in {worst.Label}";
        var sentence = harmed > 0
            ? $"{metric} is {Figures.Signed(worst.Advantage)}, proven below {Figures.Signed(worst.Bound)} with n = {worst.N} ({harmed} of {tested} slices and behaviours are)."
            : $"No slice or behaviour of {tested} tested is proven worse; the worst, {worst.Label}, is at {Figures.Signed(worst.Advantage)} against {Figures.Signed(worst.Bound)} with n = {worst.N}.";
        return new RuleResult(
            "slices", RuleKind.Alarm, harmed > 0 ? RuleVerdict.Fail : RuleVerdict.Pass, metric, worst.Advantage, worst.Bound, worst.N,
            worst.LogEvidence, Figures.Round(EBenjaminiHochberg.LogBound(tested, Math.Max(1, harmed), alpha)), null, sentence);
    }

    /// <summary>A slice too small to tell hides harm, so every slice must be large enough. Behaviours are exempt: a verifier may check for what seldom occurs.</summary>
    public static RuleResult Tested(GateSection section, IReadOnlyList<SliceResult> slices)
    {
        var whole = slices.Where(slice => slice.Kind == SliceResult.OfItems).ToList();
        var small = whole.Where(slice => slice.N < section.MinItems).ToList();
        var sentence = small.Count == 0
            ? $"Each of the {whole.Count} slices has n = {section.MinItems} or more."
            : $"Too small to tell: {string.Join(", ", small.Select(slice => $"{slice.Label} with n = {slice.N}"))}; the gate decides from {section.MinItems} on.";
        return new RuleResult(
            "slices-tested", RuleKind.Requirement, small.Count == 0 ? RuleVerdict.Pass : RuleVerdict.Undecided, "Units in the smallest slice",
            whole.Count == 0 ? null : whole.Min(slice => slice.N), section.MinItems, whole.Count, null, null, null, sentence);
    }

    /// <summary>The part with the lowest advantage: among those large enough to be tested, or among all where none is.</summary>
    public static SliceResult? Worst(IReadOnlyList<SliceResult> slices) =>
        slices.Where(slice => slice.Verdict != RuleVerdict.Undecided).MinBy(slice => slice.Advantage) ?? slices.Where(slice => slice.N > 0).MinBy(slice => slice.Advantage);

    private static SliceResult Part(string kind, string name, IReadOnlyList<double> values, double bound, GateSection section)
    {
        // The final value, not the largest: e-BH takes e-values, and a running maximum is none.
        var test = MeanTest.Less(values, (bound + 1) / 2, section.Alpha, MeanRule.GuardTruncation);
        var advantage = values.Count == 0 ? 0 : 2 * test.Mean - 1;
        var verdict = values.Count < section.MinItems ? RuleVerdict.Undecided : RuleVerdict.Pass;
        return new SliceResult(kind, name, Figures.Round(advantage), Figures.Round(bound), values.Count, Figures.Round(test.LogValue), verdict);
    }
}
