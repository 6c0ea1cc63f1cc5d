using AlignOps.Models.Sampling;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Optimization;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Definitions;

/// <summary>A section turned into what the trainer takes.</summary>
internal static class TrainingRecipe
{
    /// <summary>The section's seed and the run's together decide the order of the examples and a new adapter's first values.</summary>
    public static long Seed(TrainingSection section, long runSeed) => RandomStream.Derive(section.Seed, runSeed);

    public static TrainerOptions Options(TrainingSection section, long seed) => new()
    {
        Epochs = section.Epochs,
        PromptsPerStep = section.PromptsPerStep,
        MicroBatchTokens = section.MicroBatchTokens,
        Recomputes = section.Recompute == TrainingSection.Always,
        LearningRate = section.LearningRate,
        Schedule = Schedules.Find(section.Schedule),
        WarmupRatio = section.WarmupRatio,
        Clip = section.Clip,
        NeftuneAlpha = section.NeftuneAlpha,
        AdamW = new AdamWOptions(section.Beta1, section.Beta2, section.Epsilon, section.WeightDecay),
        Seed = seed,
        Dropout = section.Adapter == TrainingSection.LowRank && section.Lora.Dropout > 0,
        Evaluation = new EvaluationOptions(
            section.EvaluateEvery, section.Patience, section.Keep == TrainingSection.Best, Enum.Parse<WatchedMetric>(section.Watch, ignoreCase: true)),
        CheckpointEvery = section.CheckpointEvery,
    };
}
