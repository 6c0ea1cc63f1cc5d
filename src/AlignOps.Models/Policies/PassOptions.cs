namespace AlignOps.Models.Policies;

/// <summary>What a training's forward pass does beside scoring.</summary>
public sealed record PassOptions
{
    public static readonly PassOptions None = new();

    /// <summary>
    /// NEFTune (arXiv 2310.05914): Uniform(−1, 1)·alpha / √(L·d) is added to the embeddings of sequences with <see cref="TokenSequence.Noise"/>, L being the
    /// sequence's tokens and d the hidden size; 0 is none.
    /// </summary>
    public double NeftuneAlpha { get; init; }

    /// <summary>Also computes <see cref="PassStatistics"/>.</summary>
    public bool Statistics { get; init; }
}
