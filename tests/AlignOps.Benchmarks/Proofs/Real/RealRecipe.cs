using AlignOps.Models.Adapters;
using AlignOps.Models.Tokenization;
using AlignOps.Models.Policies;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>
/// How the base and each fold's adapter are trained.
/// Chosen on inner splits of the first fold's training rows; that fold's held-out pairs took no part in any choice.
/// </summary>
internal sealed record RealRecipe
{
    public int VocabularySize { get; init; } = 1024;

    public int HiddenSize { get; init; } = 128;

    public int IntermediateSize { get; init; } = 384;

    public int LayerCount { get; init; } = 3;

    public int HeadCount { get; init; } = 4;

    /// <summary>Most tokens of an instruction in the base's dialogues; the last ones are kept.</summary>
    public int TranscriptTokens { get; init; } = 96;

    public int BaseEpochs { get; init; } = 1;

    public double BaseLearningRate { get; init; } = 4e-3;

    public int TranscriptsPerStep { get; init; } = 16;

    /// <summary>Most tokens of a prompt when answers are compared; the last ones are kept.</summary>
    public int PromptTokens { get; init; } = 64;

    /// <summary>Most tokens of an answer; the first ones are kept.</summary>
    public int AnswerTokens { get; init; } = 192;

    public int Epochs { get; init; } = 2;

    public int PairsPerStep { get; init; } = 16;

    public double LearningRate { get; init; } = 3e-3;

    public LoraConfig Lora { get; init; } = new(Rank: 16, Alpha: 32);

    public RrhfOptions Rrhf { get; init; } = new(RankWeight: 100);

    public long Seed { get; init; } = 1;

    public PolicyConfig Shape(BpeTokenizer tokenizer) => new()
    {
        VocabSize = tokenizer.VocabularySize,
        HiddenSize = HiddenSize,
        IntermediateSize = IntermediateSize,
        LayerCount = LayerCount,
        HeadCount = HeadCount,
        KeyValueHeadCount = HeadCount,
        HeadDim = HiddenSize / HeadCount,
        MaxPositions = 1024,
        TieWordEmbeddings = true,
        EosTokenIds = [tokenizer.EndOfTurnToken],
        PadTokenId = tokenizer.PaddingToken,
    };

    public TrainerOptions BaseOptions => new()
    {
        Epochs = BaseEpochs,
        PromptsPerStep = TranscriptsPerStep,
        LearningRate = BaseLearningRate,
        Schedule = ScheduleKind.Cosine,
        WarmupRatio = 0.05,
        FinalLearningRateShare = 0.05,
        AdamW = new AdamWOptions(0.9, 0.98, WeightDecay: 0.05),
        Seed = Seed,
        CheckpointEvery = int.MaxValue,
    };

    public TrainerOptions AdapterOptions => new()
    {
        Epochs = Epochs,
        PromptsPerStep = PairsPerStep,
        LearningRate = LearningRate,
        Schedule = ScheduleKind.Linear,
        WarmupRatio = 0.1,
        AdamW = new AdamWOptions(0.9, 0.99),
        Seed = Seed,
        CheckpointEvery = int.MaxValue,
    };
}
