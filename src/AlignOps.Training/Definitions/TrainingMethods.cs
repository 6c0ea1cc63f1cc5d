using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions;

/// <summary>The methods there are, by name.</summary>
public static class TrainingMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new("sft", "Supervised fine-tuning on the best answer of each row.", section => new SftObjective(section.Sft.MinScore)),
        new("rrhf", "Rank Responses to align with Human Feedback (arXiv 2304.05302): rankings, preferences and demonstrations, no reference policy.", Rrhf),
        new(
            "kto",
            "Kahneman-Tversky Optimization (arXiv 2402.01306): single answers with a thumb up or down, against the policy that the training starts from.",
            section => new KtoObjective(new KtoOptions(section.Kto.Beta, section.Kto.DesirableWeight, section.Kto.UndesirableWeight))),
    ];

    public static string Names => string.Join(", ", All.Select(m => m.Name));

    /// <summary>The method of that name, or null: the caller answers with <see cref="Names"/>.</summary>
    public static TrainingMethod? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    private static RrhfObjective Rrhf(TrainingSection section) => new(new RrhfOptions(
        section.Rrhf.Semantics == "reference" ? RrhfSemantics.Reference : RrhfSemantics.Paper,
        section.Rrhf.RankWeight,
        section.Rrhf.LengthPenalty,
        section.Rrhf.SftNormalisation == "tokens" ? RrhfNormalisation.Tokens : RrhfNormalisation.Sum,
        section.Rrhf.SftMinScore));
}
