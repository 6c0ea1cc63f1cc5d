using System.Globalization;
using AlignOps.Platform.Definitions;

namespace AlignOps.Promotion.Deployments.Policy;

internal sealed class DeploymentSectionRules : IPipelineSection<DeploymentSection>
{
    public string Key => "deployment";

    public IEnumerable<SectionFault> Validate(DeploymentSection section)
    {
        if (!(section.Alpha is > 0 and <= 0.2)) yield return Fault("alpha", section.Alpha, "is no level for a live rule: give a number above 0 and at most 0.2, such as 0.01");
        if (!(section.Margin is >= 0 and < 0.5)) yield return Fault("margin", section.Margin, "is no margin: give a number from 0 up to 0.5");
        if (!(section.MaxErrorRate is > 0 and < 1)) yield return Fault("max_error_rate", section.MaxErrorRate, "is no rate: give a number above 0 and below 1, such as 0.02");
        if (section.SlowMs < 0) yield return Fault("slow_ms", section.SlowMs, "is no time: give milliseconds, or 0 to leave the time unwatched");
        if (!(section.MaxSlowRate is > 0 and < 1)) yield return Fault("max_slow_rate", section.MaxSlowRate, "is no rate: give a number above 0 and below 1, such as 0.1");

        for (var i = 0; i < section.Stages.Count; i++)
        {
            foreach (var fault in Validate(section.Stages, i)) yield return fault;
        }
    }

    private static IEnumerable<SectionFault> Validate(IReadOnlyList<DeploymentStageSection> stages, int i)
    {
        var stage = stages[i];
        var at = string.Create(CultureInfo.InvariantCulture, $"stages[{i}]");
        if (!(stage.Share is > 0 and <= 1)) yield return Fault($"{at}.share", stage.Share, "is no share: give a number above 0 and at most 1, such as 0.1");
        if (stage.MinRequests < 0) yield return Fault($"{at}.min_requests", stage.MinRequests, "is no count: give 0 or more");
        if (stage.MinThumbs < 0) yield return Fault($"{at}.min_thumbs", stage.MinThumbs, "is no count: give 0 or more");
        if (stage is { MinThumbs: > 0, Stage: StageKind.Shadow }) yield return Fault($"{at}.min_thumbs", stage.MinThumbs, "can never be reached: nobody sees a shadow's answers. Use min_requests");
        if (!(stage.MinMinutes is >= 0 and <= 100_000)) yield return Fault($"{at}.min_minutes", stage.MinMinutes, "is no time: give minutes from 0 to 100000");
        if (i == 0) yield break;

        var before = stages[i - 1];
        if (stage.Stage < before.Stage) yield return new SectionFault($"deployment.{at}.stage", "Stages go from shadow to canary to full; put this one further up.");
        if (stage.Stage == StageKind.Full && before.Stage == StageKind.Full) yield return new SectionFault($"deployment.{at}.stage", "Only one stage can be full, and it is the last.");
        if (stage.Stage == StageKind.Canary && before.Stage == StageKind.Canary && stage.Share < before.Share)
        {
            yield return Fault($"{at}.share", stage.Share, "is less than the canary's share before it: shares only grow, so that nobody is moved back and forth");
        }
    }

    private static SectionFault Fault(string key, IFormattable value, string sentence) =>
        new($"deployment.{key}", $"{value.ToString(null, CultureInfo.InvariantCulture)} {sentence}.");
}
