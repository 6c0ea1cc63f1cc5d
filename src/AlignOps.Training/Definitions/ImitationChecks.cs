using AlignOps.Platform.Definitions;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Checks the options of the methods that imitate answers, learn from words about them, or learn to rate them.</summary>
internal static class ImitationChecks
{
    public static IEnumerable<SectionFault> Of(TrainingSection section) =>
    [
        .. OneOf("sft.turns", section.Sft.Turns, [SftSection.Last, SftSection.All]),
        .. NotNegative("reward.margin", section.Reward.Margin, "0"),
        .. NotNegative("reward.center_coefficient", section.Reward.CenterCoefficient, "0.01"),
    ];
}
