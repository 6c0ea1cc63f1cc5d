using AlignOps.Statistics.Intervals;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>Few rows may end unscored: a candidate must not win by answers that no judge can read.</summary>
internal static class UnscoredRule
{
    public static RuleResult Apply(GateSection section, GateEvidence evidence)
    {
        var rate = WilsonInterval.Of(evidence.Unscored, evidence.Rows);
        var within = rate.Proportion <= section.MaxUnscored;
        var range = $"{evidence.Unscored} of {evidence.Rows} rows ({Figures.Text(rate.Lower)} to {Figures.Text(rate.Upper)} at 95 %)";
        return new RuleResult(
            "unscored", RuleKind.Requirement, within ? RuleVerdict.Pass : RuleVerdict.Fail, "Unscored rate", Figures.Round(rate.Proportion), section.MaxUnscored, evidence.Rows, null, null, null,
            $"Unscored rate is {Figures.Text(rate.Proportion)}, {range}, {(within ? "within" : "above")} {Figures.Text(section.MaxUnscored)}.");
    }
}
