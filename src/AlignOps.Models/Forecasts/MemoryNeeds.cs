using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Forecasts;

/// <summary>What a training is going to ask of memory, known before a weight is read.</summary>
/// <param name="Lora">The adapter that is trained; null where every weight is.</param>
/// <param name="MicroBatchTokens">Tokens that go through the engine at once.</param>
public sealed record MemoryNeeds(PolicyConfig Policy, LoraConfig? Lora, int MicroBatchTokens)
{
    /// <summary>Tokens of the longest sequence; null: a micro-batch of one sequence, up to the policy's positions.</summary>
    public int? LongestSequence { get; init; }

    /// <summary>Passes are asked to run blocks again rather than keep them, as <see cref="PassOptions.Recomputes"/>.</summary>
    public bool Recomputes { get; init; }

    /// <summary>A frozen policy is held beside the trained one and scores the same sequences.</summary>
    public bool Reference { get; init; }

    /// <summary>Answers that are generated at once, each as long as the longest sequence; 0 where the method generates none.</summary>
    public int GeneratedAtOnce { get; init; }

    /// <summary><see cref="LongestSequence"/>, or what stands for it.</summary>
    public int Longest => Math.Min(LongestSequence ?? MicroBatchTokens, Math.Min(MicroBatchTokens, Policy.MaxPositions));
}
