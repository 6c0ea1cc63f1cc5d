using System.Globalization;
using AlignOps.Platform.Definitions;
using AlignOps.Promotion.Approvals;

namespace AlignOps.Promotion.Gates;

internal sealed class GateSectionDefinition : IPipelineSection<GateSection>
{
    public string Key => "gate";

    public IEnumerable<SectionFault> Validate(GateSection section)
    {
        if (!(section.Alpha is > 0 and <= 0.2)) yield return Fault("alpha", section.Alpha, "is no level for a gate: give a number above 0 and at most 0.2, such as 0.01");
        if (!(section.GuardAlpha is > 0 and <= 0.2)) yield return Fault("guard_alpha", section.GuardAlpha, "is no level for a proof: give a number above 0 and at most 0.2, such as 0.05");
        if (section.ErrorBudget is { } budget && !(budget is > 0 and <= 0.2)) yield return Fault("error_budget", budget, "is no share of promotions: give a number above 0 and at most 0.2, such as 0.05, or leave it out");
        if (section.MinItems < 1) yield return Fault("min_items", section.MinItems, "is too few: give at least 1, such as 20");
        foreach (var (key, margin) in ((string, double)[])[("regression_margin", section.RegressionMargin), ("anchor_margin", section.AnchorMargin), ("slice_margin", section.SliceMargin)])
        {
            if (!(margin is > 0 and < 0.5)) yield return Fault(key, margin, "is no margin: give a number above 0 and below 0.5, such as 0.1. No amount of evidence proves a margin of 0");
        }

        if (section.Approval is { } approval && ApprovalRequirement.Parse(approval) is null)
        {
            yield return new SectionFault("gate.approval", $"'{approval}' is no approval: write how many people of which role, from 1 of product to {ApprovalRequirement.Most} of admin, such as 1 of ops.");
        }

        if (!(section.ApprovalDays is > 0 and <= 90)) yield return Fault("approval_days", section.ApprovalDays, "is no time to decide in: give days above 0 and at most 90, such as 7");
        if (section.People is < 0 or > 5_000) yield return Fault("people", section.People, "is no number of pairs for people: give 0 (nobody is asked), or 10 to 5000, such as 60");
        else if (section.People is > 0 and < 10) yield return Fault("people", section.People, "is too few to correct a judge by: give 10 at least, such as 60");
        if (section.PeopleEach is < 1 or > 20) yield return Fault("people_each", section.PeopleEach, "is no number of people for a pair: give 1 to 20");
        if (!(section.PeopleDays is > 0 and <= 90)) yield return Fault("people_days", section.PeopleDays, "is no time to answer in: give days above 0 and at most 90, such as 3");
        if (section.BootstrapDraws is < 0 or > 1_000_000) yield return Fault("bootstrap_draws", section.BootstrapDraws, "is no number of resamples: give 0 for none, or up to 1000000, such as 10000");
        if (!(section.MaxUnscored is >= 0 and < 1)) yield return Fault("max_unscored", section.MaxUnscored, "is no share: give a number from 0 up to 1, such as 0.02");
    }

    private static SectionFault Fault(string key, IFormattable value, string sentence) =>
        new($"gate.{key}", $"{value.ToString(null, CultureInfo.InvariantCulture)} {sentence}.");
}
