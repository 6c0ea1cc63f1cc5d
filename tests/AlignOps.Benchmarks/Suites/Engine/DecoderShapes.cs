using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>The decoders that speed is measured on, by the name that figures and tables give them.</summary>
internal static class DecoderShapes
{
    public static readonly PolicyConfig OneMillion = EngineFigures.Shape with { MaxPositions = 2048 };

    /// <summary>SmolLM2-135M's.</summary>
    public static readonly PolicyConfig Smol135Million = Shape(49_152, 576, 1_536, 30, 9, 3) with { TieWordEmbeddings = true };

    public static readonly IReadOnlyList<(string Name, PolicyConfig Config)> All =
    [
        ("0.9 M", OneMillion),
        ("8 M", Shape(4_096, 256, 688, 8, 8, 8)),
        ("30 M", Shape(8_192, 384, 1_024, 13, 6, 6)),
        ("135 M", Smol135Million),
    ];

    /// <summary>Elements of every tensor.</summary>
    public static long Parameters(PolicyConfig config) => AlignOps.Models.Checkpoints.LlamaLayout.Tensors(config).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));

    private static PolicyConfig Shape(int vocabulary, int hidden, int intermediate, int layers, int heads, int keyValueHeads) => new()
    {
        VocabSize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = intermediate,
        LayerCount = layers,
        HeadCount = heads,
        KeyValueHeadCount = keyValueHeads,
        HeadDim = hidden / heads,
        MaxPositions = 2048,
        EosTokenIds = [0],
    };
}
