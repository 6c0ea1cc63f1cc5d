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

    /// <summary>
    /// Sequences that follow each other and begin alike run what they have in common once, forward and backward. Log-probabilities are the same bits either way;
    /// gradients are, but for the order of additions.
    /// </summary>
    public bool SharesPrefixes { get; init; } = true;

    /// <summary>
    /// Activation checkpointing (Chen et al. 2016, arXiv 1604.06174): keeps each block's input alone and runs the block again on the way back. The same bits for
    /// about a third more arithmetic and the memory of one block. An engine that cannot takes no notice.
    /// </summary>
    public bool Recomputes { get; init; }

    /// <summary>Also computes <see cref="PassStatistics"/>.</summary>
    public bool Statistics { get; init; }
}
