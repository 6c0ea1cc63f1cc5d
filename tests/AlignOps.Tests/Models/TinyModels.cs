using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models;

internal static class TinyModels
{
    /// <summary>Head size is not hidden / heads, and keys have fewer heads than queries: shapes that a careless reader confuses.</summary>
    public static readonly PolicyConfig Config = new()
    {
        VocabSize = 11,
        HiddenSize = 6,
        IntermediateSize = 10,
        LayerCount = 2,
        HeadCount = 3,
        KeyValueHeadCount = 1,
        HeadDim = 4,
        MaxPositions = 32,
        RmsNormEpsilon = 1e-5,
        RopeTheta = 100_000,
        TieWordEmbeddings = true,
        EosTokenIds = [2],
        PadTokenId = 0,
    };

    public static NamedTensor[] Tensors(PolicyConfig config, int seed = 1) => Fill(LlamaLayout.Tensors(config), seed);

    public static NamedTensor[] Fill(IEnumerable<TensorShape> shapes, int seed)
    {
        var random = new Random(seed);
        return [.. shapes.Select(s => new NamedTensor(s.Name, s.Shape, Values(s, random)))];
    }

    private static float[] Values(TensorShape shape, Random random)
    {
        var values = new float[shape.Shape.Aggregate(1, (product, dimension) => product * dimension)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return values;
    }
}
