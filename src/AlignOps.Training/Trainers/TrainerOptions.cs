using AlignOps.Training.Evaluation;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Trainers;

/// <summary>How to train, whatever the method.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the examples; each in its own order.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Stops after this many optimizer steps, and schedules the rate over them; null: all of the epochs.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Examples in an optimizer step; the last step of an epoch takes what is left.</summary>
    public int PromptsPerStep { get; init; } = 8;

    /// <summary>Tokens that go through the engine at once. Changes memory and speed, not the gradient.</summary>
    public int MicroBatchTokens { get; init; } = 4096;

    /// <summary>Passes run their blocks again on the way back rather than keep what they found. Changes memory and speed, not a bit of the result.</summary>
    public bool Recomputes { get; init; }

    public double LearningRate { get; init; } = 1e-4;

    public ScheduleKind Schedule { get; init; } = ScheduleKind.Linear;

    public double WarmupRatio { get; init; } = 0.1;

    /// <summary>Where the schedule ends, as a share of the peak rate.</summary>
    public double FinalLearningRateShare { get; init; }

    /// <summary>Limit of the global gradient norm; 0 is none.</summary>
    public double Clip { get; init; } = 1;

    public AdamWOptions AdamW { get; init; } = new();

    /// <summary>NEFTune's alpha (arXiv 2310.05914); 0 is none.</summary>
    public double NeftuneAlpha { get; init; }

    /// <summary>The policy's adapter has dropout, so each example needs a key for its noise.</summary>
    public bool Dropout { get; init; }

    /// <summary>Decides the order of the examples and the noise.</summary>
    public long Seed { get; init; }

    /// <summary>When to look at the held-out rows, and what to do about it.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 50;

    public int StepsPerEpoch(int examples) => (examples + PromptsPerStep - 1) / PromptsPerStep;

    public int TotalSteps(int examples) => Math.Min(MaxSteps ?? int.MaxValue, StepsPerEpoch(examples) * Epochs);
}
