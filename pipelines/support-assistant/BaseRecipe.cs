namespace AlignOps.Examples.SupportAssistant;

/// <summary>
/// How the base is made: a Llama-style policy of three quarters of a million parameters, trained from nothing on <see cref="Corpus"/> with the loss on
/// answers only, AdamW, linear warm-up and cosine decay. Names follow the trainer's and config.json's.
/// </summary>
public sealed record BaseRecipe
{
    /// <summary>Of the corpus, the policy's first weights and the order of the examples.</summary>
    public long Seed { get; init; } = 1;

    public int CorpusSize { get; init; } = 20_000;

    /// <summary>The most tokens of the byte-level BPE; every digit is a token of its own.</summary>
    public int VocabularySize { get; init; } = 1024;

    public int HiddenSize { get; init; } = 128;
    public int IntermediateSize { get; init; } = 384;
    public int LayerCount { get; init; } = 3;
    public int HeadCount { get; init; } = 4;
    public int HeadDim { get; init; } = 32;
    public int MaxPositions { get; init; } = 512;

    public int Steps { get; init; } = 800;
    public int DialoguesPerStep { get; init; } = 32;

    public double LearningRate { get; init; } = 6e-3;
    public double WarmupRatio { get; init; } = 0.05;

    /// <summary>Share of the learning rate that the cosine ends at.</summary>
    public double FinalLearningRateShare { get; init; } = 0.05;

    public double Beta1 { get; init; } = 0.9;
    public double Beta2 { get; init; } = 0.98;
    public double WeightDecay { get; init; } = 0.05;
    public double GradientClip { get; init; } = 1.0;
}
