namespace AlignOps.Examples.SupportAssistant;

/// <summary>
/// How the base is made: a Llama-style policy of 0.77 M parameters, pre-trained on the corpus with the loss on answers only, AdamW, linear warm-up and cosine decay.
/// </summary>
public sealed record BaseRecipe
{
    public static readonly BaseRecipe Default = new();

    public long Seed { get; init; } = 1;

    /// <summary>Byte-level BPE; every digit is a token of its own.</summary>
    public int VocabularySize { get; init; } = 1024;

    public int HiddenSize { get; init; } = 128;
    public int IntermediateSize { get; init; } = 384;
    public int LayerCount { get; init; } = 3;
    public int HeadCount { get; init; } = 4;
    public int HeadDim { get; init; } = 32;
    public int MaxPositions { get; init; } = 512;

    public int CorpusSize { get; init; } = 20_000;
    public int DialoguesPerStep { get; init; } = 32;
    public int Steps { get; init; } = 1000;

    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Share of the learning rate that the cosine ends at.</summary>
    public double FinalLearningRateShare { get; init; } = 0.05;

    public int WarmupSteps { get; init; } = 40;
    public double Beta1 { get; init; } = 0.9;
    public double Beta2 { get; init; } = 0.98;
    public double WeightDecay { get; init; } = 0.05;
    public double GradientClip { get; init; } = 1.0;

    /// <summary>The learning rate of a step, 0-based.</summary>
    public double LearningRateAt(int step)
    {
        if (step < WarmupSteps)
        {
            return LearningRate * (step + 1) / WarmupSteps;
        }

        var progress = (double)(step - WarmupSteps) / Math.Max(1, Steps - WarmupSteps);
        return LearningRate * (FinalLearningRateShare + ((1 - FinalLearningRateShare) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
    }

    /// <summary>
    /// The dialogues of every step in order: each pass over the corpus is shuffled anew, and a step's dialogues are of similar length, so that little of it is padding.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Dialogue>> StepBatches(IReadOnlyList<Dialogue> corpus)
    {
        const int StepsABucket = 25;
        var random = new SeededRandom(Seed, "schedule");
        var steps = new List<IReadOnlyList<Dialogue>>();
        while (steps.Count < Steps)
        {
            var order = corpus.ToArray();
            random.Shuffle(order);
            var pass = order.Chunk(DialoguesPerStep * StepsABucket)
                .SelectMany(bucket => bucket.OrderBy(dialogue => dialogue.Prompt.Length + dialogue.Answer.Length).Chunk(DialoguesPerStep))
                .Where(step => step.Length == DialoguesPerStep)
                .ToArray();
            random.Shuffle(pass);
            steps.AddRange(pass.Take(Steps - steps.Count));
        }

        return steps;
    }
}
