using AlignOps.Statistics.Multiplicity;
using AlignOps.Statistics.Slices;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// No part of the evidence may be provably worse: each slice of items by win rate, each behaviour by how often it is shown. Slices overlap and behaviours cross them,
/// which e-BH allows. Parts with too few units are undecided: reported, not tested; of slices, none may be.
/// </summary>
internal static class SliceRule
{
    public static IReadOnlyList<SliceResult> Test(GateSection section, GateEvidence evidence, double alpha)
    {
        List<(string Kind, double Bound, ComparedSlice Part)> parts = [.. evidence.Parts().Select(part => (part.Kind, Bound(section, part.Kind), new ComparedSlice(part.Name, [.. part.Units.Select(unit => unit.Value)], (Bound(section, part.Kind) + 1) / 2)))];
        var findings = SliceComparison.Of([.. parts.Select(part => part.Part)], section.GuardAlpha, alpha, section.MinItems);
        return [.. parts.Zip(findings, (part, finding) => new SliceResult(
            part.Kind, finding.Name, Figures.Round(finding.Units == 0 ? 0 : 2 * finding.Mean - 1), Figures.Round(part.Bound), finding.Units, Figures.Round(finding.LogWorse), Verdict(finding)) { Standing = finding.Standing })];
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

    /// <summary>The advantage that would be harm: a win rate half a unit of advantage a point, a behaviour's rate or a score a whole one.</summary>
    private static double Bound(GateSection section, string kind) => kind switch
    {
        SliceResult.OfItems or SliceResult.OfLanguage => -2 * section.SliceMargin,
        SliceResult.OfSuite => -section.RegressionMargin,
        _ => -section.SliceMargin,
    };

    private static RuleVerdict Verdict(SliceFinding finding) =>
        !finding.Tested ? RuleVerdict.Undecided : finding.Standing == SliceStanding.Worse ? RuleVerdict.Fail : RuleVerdict.Pass;
}
