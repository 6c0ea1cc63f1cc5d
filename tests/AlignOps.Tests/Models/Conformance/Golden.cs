using System.Text.Json;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>What transformers and PyTorch found, by make_golden.py.</summary>
/// <param name="Scores">Of the whole policy without the adapter.</param>
/// <param name="Gradients">Of every weight of that.</param>
/// <param name="AdapterScores">With the adapter, before training.</param>
/// <param name="AdapterAfter">The adapter after five steps.</param>
internal sealed record Golden(
    float[][] Scores,
    Dictionary<string, GoldenTensor> Gradients,
    float[][] AdapterScores,
    Dictionary<string, GoldenTensor> AdapterGradients,
    Dictionary<string, GoldenTensor> AdapterAfter,
    float[][] ScoresAfter,
    GoldenAnswer[] GreedyAfter)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Golden Read()
    {
        using Stream file = typeof(Golden).Assembly.GetManifestResourceStream("engine-golden.json")!;
        return JsonSerializer.Deserialize<Golden>(file, Names)!;
    }
}

/// <summary>A tensor's sum, its length, and its elements at i·7919 modulo its count.</summary>
internal sealed record GoldenTensor(double Sum, double Norm, double[] Some)
{
    /// <param name="tolerance">Of one element; the sum and the length may be off by what that many elements' roundings come to.</param>
    public void AssertEquals(ReadOnlySpan<float> found, double tolerance, string name)
    {
        double sum = 0, squares = 0;
        foreach (float value in found)
        {
            (sum, squares) = (sum + value, squares + ((double)value * value));
        }

        double root = Math.Sqrt(found.Length);
        Assert.True(Math.Abs(Sum - sum) <= tolerance * root * 2, $"{name}: sum {sum} should be {Sum}");
        Assert.True(Math.Abs(Norm - Math.Sqrt(squares)) <= tolerance * root, $"{name}: norm {Math.Sqrt(squares)} should be {Norm}");
        for (int i = 0; i < Some.Length; i++)
        {
            int element = i * 7919 % found.Length;
            Assert.True(Math.Abs(Some[i] - found[element]) <= tolerance, $"{name}[{element}]: {found[element]} should be {Some[i]}");
        }
    }
}

internal sealed record GoldenAnswer(int[] Prompt, int[] Answer);
