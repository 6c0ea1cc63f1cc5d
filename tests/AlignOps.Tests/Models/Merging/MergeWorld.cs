using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models.Merging;

/// <summary>A base with its tokenizer and an adapter of several ranks on it, both drawn from a seed.</summary>
internal sealed class MergeWorld : IDisposable
{
    public static readonly LoraConfig Lora = new(Rank: 4, Alpha: 6)
    {
        UseRsLora = true,
        RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.q_proj"] = 7, ["k_proj"] = 2 },
        AlphaPattern = new Dictionary<string, double> { ["down_proj"] = 1.5 },
    };

    private readonly TempFolder _folder = new();

    public MergeWorld(TensorDtype dtype = TensorDtype.F32)
    {
        BpeTokenizer tokenizer = TinyTokenizers.Train();
        Config = new PolicyConfig
        {
            VocabSize = tokenizer.VocabularySize, HiddenSize = 24, IntermediateSize = 40, LayerCount = 2, HeadCount = 4, KeyValueHeadCount = 2, HeadDim = 8,
            MaxPositions = 64, TieWordEmbeddings = true, EosTokenIds = [tokenizer.EndOfTurnToken],
        };
        var weights = new SeededWeights(Config, seed: 5);
        Checkpoint.Write(Base, Config, [.. LlamaLayout.Tensors(Config).Select(t => Drawn(t, weights))], dtype);
        tokenizer.Save(Base);
        WriteAdapter(Lora);
    }

    public PolicyConfig Config { get; }

    public string Base => _folder.File("base");

    public string Adapter => _folder.File("adapter");

    public string Output => _folder.File("merged");

    public MergeRequest Request => new(Base, Adapter, Output);

    public static CheckpointMerge Merge { get; } = new(new CpuPolicyEngine(1));

    public void WriteAdapter(LoraConfig lora, string? digest = null, Func<TensorShape, int, float>? value = null)
    {
        var random = new RandomStream(9);
        AdapterDirectory.Write(Adapter, lora, digest ?? Checkpoint.Digest(Base), [.. AdapterLayout.Tensors(Config, lora).Select(t =>
            new NamedTensor(t.Name, t.Shape, Enumerable.Range(0, t.Shape[0] * t.Shape[1]).Select(i => value?.Invoke(t, i) ?? (float)(0.2 * random.NextNormal())).ToArray()))]);
    }

    public static float[] Read(string directory, string tensor, int count)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(directory);
        var values = new float[count];
        checkpoint.Read(tensor, values);
        return values;
    }

    public void Dispose() => _folder.Dispose();

    private static NamedTensor Drawn(TensorShape shape, SeededWeights weights)
    {
        var values = new float[shape.Shape.Aggregate(1, (product, size) => product * size)];
        weights.Read(shape.Name, values);
        return new NamedTensor(shape.Name, shape.Shape, values);
    }
}
