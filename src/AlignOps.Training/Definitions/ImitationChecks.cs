using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Raft;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Checks the options of the methods that imitate answers, learn from words about them, or learn to rate them.</summary>
internal static class ImitationChecks
{
    public static IEnumerable<SectionFault> Of(TrainingSection section) =>
    [
        .. NotNegative("neftune_alpha", section.NeftuneAlpha, "5, or 0 for none"),
        .. section.NeftuneAlpha > 0 && ImitationMethods.All.All(m => m.Name != section.Method)
            ? [Fault("neftune_alpha", $"is for the methods that imitate answers ({string.Join(", ", ImitationMethods.All.Select(m => m.Name))}); {section.Method} compares them, which noise would blur.")]
            : Array.Empty<SectionFault>(),
        .. FeedbackChecks.Of(section),
        .. RaftChecks.Of(section.Raft),
        .. section is { Method: RaftTraining.Method, Adapter: TrainingSection.Full } ? [Fault("adapter", "is full; raft goes from round to round by its adapter. Set it to lora.")] : Array.Empty<SectionFault>(),
        .. OneOf("sft.turns", section.Sft.Turns, [SftSection.Last, SftSection.All]),
        .. NotNegative("reward.margin", section.Reward.Margin, "0"),
        .. NotNegative("reward.center_coefficient", section.Reward.CenterCoefficient, "0.01"),
    ];
}
