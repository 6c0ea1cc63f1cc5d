using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Correction;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// What people say of the judge's verdicts. The win rate that their labels correct has to be proven above 1/2 at the gate's own level, or the error rate would be the judge's to break.
/// Where it is not, and judge and people are proven to disagree, the gate says so by name. Both block a promotion and neither rejects: labels are few.
/// </summary>
internal static class PeopleRule
{
    public const string Name = "people";
    public const string Disagree = "people-disagree";

    private const string Awaited = "Labels of people awaited";
    private const double Confidence = 0.95;

    public static IReadOnlyList<RuleResult> Apply(GateSection section, EvidenceFile file, GateEvidence evidence)
    {
        if (section.People == 0) return [];
        if (file.Header.People is not { } round)
        {
            return [Result(Name, null, 0, RuleVerdict.Undecided, $"{section.People} pairs of answers are to be compared by {(section.PeopleEach == 1 ? "a person" : $"{section.PeopleEach} people")} each within {Figures.Text(section.PeopleDays)} days.") with { Metric = Awaited }];
        }

        var labels = evidence.Labels();
        if (SampledCorrection.Of(labels, 1 - 2 * section.Alpha) is not { } proven || SampledCorrection.Of(labels, Confidence) is not { } shown || shown.Labels < Math.Min(section.MinItems, section.People))
        {
            return [Result(Name, null, round.Answered, RuleVerdict.Undecided, $"{round.Answered} of {round.Wanted} pairs were labelled by people, too few to correct the judge by.")];
        }

        var holds = proven.Mean.Lower > 0.5;
        var found = $"{Figures.Text(shown.Mean.Value)} ({Figures.Text(shown.Mean.Lower)} to {Figures.Text(shown.Mean.Upper)} at 95 %, judge alone {Figures.Text(shown.Raw)}) with {shown.Labels} pairs labelled by {round.Persons} people";
        var disagree = shown.Bias.Lower > 0 || shown.Bias.Upper < 0;
        var bias = $"{Figures.Signed(shown.Bias.Value)} ({Figures.Signed(shown.Bias.Lower)} to {Figures.Signed(shown.Bias.Upper)} at 95 %)";
        var gap = disagree
            ? $"Judge and people disagree: the judge adds {bias} to the win rate{(holds ? ", and as people find it the candidate is still better" : $"; as people would find it, it is {found}")}."
            : $"Judge and people are not proven to disagree: the judge adds {bias}.";
        return
        [
            new RuleResult(Disagree, RuleKind.Requirement, disagree && !holds ? RuleVerdict.Fail : RuleVerdict.Pass, "Judge minus people", Figures.Round(shown.Bias.Value), 0, shown.Labels, null, null, null, gap),
            Result(Name, shown.Mean.Value, shown.Labels, holds ? RuleVerdict.Pass : RuleVerdict.Undecided, $"As people would find it the win rate is {found}, {(holds ? "" : "not ")}proven above 0.5: at least {Figures.Text(proven.Mean.Lower)}."),
        ];
    }

    /// <summary>Nobody has been asked yet, so the gate is to wait.</summary>
    public static bool IsOpen(RuleResult rule) => rule is { Name: Name, Metric: Awaited };

    public static CorrectedWinRate? Corrected(EvidenceFile file, GateEvidence evidence) =>
        file.Header.People is { } round && SampledCorrection.Of(evidence.Labels(), Confidence) is { } found && double.IsFinite(found.Mean.Lower)
            ? new CorrectedWinRate(
                Figures.Round(found.Raw), Figures.Round(found.Mean.Value), Figures.Round(found.Mean.Lower), Figures.Round(found.Mean.Upper),
                Figures.Round(found.Bias.Value), Figures.Round(found.Bias.Lower), Figures.Round(found.Bias.Upper), found.Labels, round.Persons)
            : null;

    private static RuleResult Result(string name, double? observed, int n, RuleVerdict verdict, string sentence) =>
        new(name, RuleKind.Requirement, verdict, "Win rate as people would find it", Figures.Round(observed), 0.5, n, null, null, null, sentence);
}
