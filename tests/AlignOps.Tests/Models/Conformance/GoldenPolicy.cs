using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>The policy, adapter, sequences and loss of make_golden.py, from the same integer hash.</summary>
internal static class GoldenPolicy
{
    public static readonly LoraConfig Lora = new(Rank: 4, Alpha: 6);

    public static readonly PolicyConfig Config = new()
    {
        VocabSize = 64,
        HiddenSize = 32,
        IntermediateSize = 48,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 2,
        HeadDim = 12,
        MaxPositions = 64,
        RmsNormEpsilon = 1e-5,
        RopeTheta = 1000,
        EosTokenIds = [1],
    };

    /// <summary>Answers to prompts of 3, 3, 7 and 1 tokens; the first two share theirs.</summary>
    public static IReadOnlyList<TokenSequence> Sequences { get; } = [.. new[] { (3, 9), (3, 14), (7, 8), (1, 21) }.Select((lengths, i) => TokenSequence.PromptAnswer(
        [.. Enumerable.Range(0, lengths.Item1).Select(t => Token(900 + (i / 2), t))],
        [.. Enumerable.Range(lengths.Item1, lengths.Item2 - lengths.Item1).Select(t => Token(910 + i, t))]))];

    /// <param name="names">The tensors in the order of the script, which numbers their streams.</param>
    public static void WriteCheckpoint(string directory, IReadOnlyList<string> names)
    {
        Dictionary<string, int> streams = names.Index().ToDictionary(name => name.Item, name => name.Index);
        Checkpoint.Write(directory, Config, [.. LlamaLayout.Tensors(Config).Select(tensor => tensor.Shape.Count == 1
            ? Fill(tensor, streams[tensor.Name], 0.2, 1)
            : Fill(tensor, streams[tensor.Name], 1.7 / Math.Sqrt(tensor.Shape[1]), 0))]);
    }

    public static void WriteAdapter(string directory, string baseModelName) => AdapterDirectory.Write(
        directory, Lora, baseModelName,
        [.. AdapterLayout.Tensors(Config, Lora).Select((tensor, i) => Fill(tensor, 100 + i, i % 2 == 0 ? 1 / Math.Sqrt(tensor.Shape[1]) : 0.3, 0))]);

    /// <summary>∂L/∂log π for L = Σ wᵢ·log πᵢ / n, the weights of both signs.</summary>
    public static IReadOnlyList<float[]> LossGradients(IReadOnlyList<float[]> scores)
    {
        int i = 0, count = scores.Sum(s => s.Length);
        return [.. scores.Select(s => s.Select(_ => (float)(GoldenNumbers.Unit(950, i++) / count)).ToArray())];
    }

    private static NamedTensor Fill(TensorShape tensor, int stream, double scale, double centre) =>
        new(tensor.Name, tensor.Shape, Enumerable.Range(0, tensor.Shape.Aggregate(1, (a, b) => a * b)).Select(i => (float)(centre + (scale * GoldenNumbers.Unit(stream, i)))).ToArray());

    private static int Token(int stream, int index) => (int)(GoldenNumbers.Bits(stream, index) % (uint)Config.VocabSize);
}
