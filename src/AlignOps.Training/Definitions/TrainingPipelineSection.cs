using AlignOps.Models.Adapters;
using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Evaluation;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Reads and checks <c>training</c>.</summary>
internal sealed class TrainingPipelineSection : IPipelineSection<TrainingSection>
{
    public string Key => "training";

    public IEnumerable<SectionFault> Validate(TrainingSection section) => [.. Faults(section), .. LoopFaults.Of(section)];

    /// <summary>What no training could begin with, in the loop or by hand.</summary>
    internal static IReadOnlyList<SectionFault> Faults(TrainingSection section) =>
    [
        .. OneOf("method", section.Method, [.. TrainingMethods.All.Select(m => m.Name)]),
        .. OneOf("start", section.Start, [TrainingSection.Champion, TrainingSection.Base]),
        .. OneOf("schedule", section.Schedule, [.. Schedules.Names]),
        .. AtLeast("epochs", section.Epochs, 1),
        .. AtLeast("prompts_per_step", section.PromptsPerStep, 1),
        .. AtLeast("micro_batch_tokens", section.MicroBatchTokens, 1),
        .. AtLeast("max_tokens", section.MaxTokens, 2),
        .. AtLeast("checkpoint_every", section.CheckpointEvery, 1),
        .. AtLeast("evaluate_every", section.EvaluateEvery, 0),
        .. AtLeast("patience", section.Patience, 0),
        .. OneOf("watch", section.Watch, [.. Enum.GetNames<WatchedMetric>().Select(name => name.ToLowerInvariant())]),
        .. OneOf("keep", section.Keep, [TrainingSection.Last, TrainingSection.Best]),
        .. OneOf("recompute", section.Recompute, [TrainingSection.Auto, TrainingSection.Always, TrainingSection.Never]),
        .. OneOf("adapter", section.Adapter, [TrainingSection.LowRank, TrainingSection.Full]),
        .. section is { Patience: > 0, EvaluateEvery: 0 } ? [Fault("patience", "counts evaluations, and evaluate_every is 0; say after how many steps to evaluate.")] : Array.Empty<SectionFault>(),
        .. LoraFaults.Of(section.Lora.ToConfig()).Select(fault => Fault($"lora.{fault.Key}", fault.Sentence)),
        .. Within("learning_rate", section.LearningRate, value => value > 0 && double.IsFinite(value), "a number above 0, such as 1.0e-4"),
        .. Within("warmup_ratio", section.WarmupRatio, value => value is >= 0 and < 1, "a share from 0 up to but not 1, such as 0.1"),
        .. Within("clip", section.Clip, value => value >= 0 && double.IsFinite(value), "0 for no limit, or a norm such as 1.0"),
        .. Within("weight_decay", section.WeightDecay, value => value >= 0 && double.IsFinite(value), "0 or more, such as 0.01"),
        .. Within("beta1", section.Beta1, value => value is >= 0 and < 1, "from 0 up to but not 1, such as 0.9"),
        .. Within("beta2", section.Beta2, value => value is >= 0 and < 1, "from 0 up to but not 1, such as 0.999"),
        .. Within("epsilon", section.Epsilon, value => value > 0 && double.IsFinite(value), "above 0, such as 1.0e-8"),
        .. OneOf("rrhf.semantics", section.Rrhf.Semantics, ["paper", "reference"]),
        .. OneOf("rrhf.sft_normalisation", section.Rrhf.SftNormalisation, ["sum", "tokens"]),
        .. Within("rrhf.rank_weight", section.Rrhf.RankWeight, value => value >= 0 && double.IsFinite(value), "0 or more, such as 1"),
        .. Within("rrhf.length_penalty", section.Rrhf.LengthPenalty, double.IsFinite, "a finite exponent, such as 1"),
        .. PreferenceFaults.Of(section),
        .. Within("kto.beta", section.Kto.Beta, value => value > 0 && double.IsFinite(value), "above 0, such as 0.1"),
        .. Within("kto.desirable_weight", section.Kto.DesirableWeight ?? 1, value => value >= 0 && double.IsFinite(value), "0 or more, such as 1"),
        .. Within("kto.undesirable_weight", section.Kto.UndesirableWeight ?? 1, value => value >= 0 && double.IsFinite(value), "0 or more, such as 1"),
        .. ImitationChecks.Of(section),
        .. section.Method == "kto" ? AtLeast("prompts_per_step", section.PromptsPerStep, 2) : [],
    ];

    public IEnumerable<SectionNeed> Needs(TrainingSection section) => [LearnedKinds.Need(section)];
}
