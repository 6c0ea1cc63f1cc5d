using AlignOps.Models.Adapters;

namespace AlignOps.Training.Definitions;

/// <summary><c>training.lora</c>, by PEFT's names.</summary>
public sealed record LoraSection
{
    /// <summary>Rank of the update.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The update is scaled by alpha / rank.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Linear layers by their short names; silent: all seven of a Llama block.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    public LoraConfig ToConfig() => new(Rank, Alpha, Targets);
}
