using System.Diagnostics;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Suites;

/// <summary>Speed of an engine at the shape that the loop's bar names: 0.92 M parameters, 8 × 256 tokens, full training with AdamW.</summary>
internal static class EngineFigures
{
    private const int Sequences = 8;
    private const int Length = 256;

    public static readonly PolicyConfig Shape = new()
    {
        VocabSize = 512,
        HiddenSize = 128,
        IntermediateSize = 344,
        LayerCount = 4,
        HeadCount = 4,
        KeyValueHeadCount = 4,
        HeadDim = 32,
        MaxPositions = 512,
        EosTokenIds = [0],
    };

    /// <summary>Median over the steps after warm-up.</summary>
    public static Figure TrainTokensPerSecond(IPolicyEngine engine, string suite)
    {
        using var policy = engine.Create(Shape, seed: 1);
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions(), policy.Share);
        var random = new Random(1);
        TokenSequence[] batch = [.. Enumerable.Range(0, Sequences).Select(_ =>
        {
            int[] tokens = [.. Enumerable.Range(0, Length).Select(_ => random.Next(Shape.VocabSize))];
            var scored = new bool[Length];
            scored.AsSpan(1).Fill(true);
            return new TokenSequence(tokens, scored);
        })];
        IReadOnlyList<float[]> gradients = [.. batch.Select(sequence => Enumerable.Repeat(-1f / (Sequences * (Length - 1)), sequence.ScoredCount).ToArray())];
        var seconds = new List<double>();
        for (var step = 1; step <= 30; step++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var parameter in policy.Parameters)
            {
                parameter.Gradient.Span.Clear();
            }

            using (var pass = policy.Forward(batch))
            {
                pass.Backward(gradients);
            }

            optimizer.Step(step, 1e-3, GradientNorm.ClipScale(GradientNorm.Of(policy.Parameters), 1));
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return new Figure($"{suite}.train_tokens_per_s", Sequences * Length / Median(seconds.Skip(10)), "tokens/s");
    }

    /// <summary>64 prompts of 16 tokens continued by 32 tokens each, sampled.</summary>
    public static Figure GenerateTokensPerSecond(IPolicyEngine engine, string suite)
    {
        using var policy = engine.Create(Shape with { EosTokenIds = [] }, seed: 1);
        var random = new Random(1);
        GenerationRequest[] requests = [.. Enumerable.Range(0, 64).Select(i => new GenerationRequest([.. Enumerable.Range(0, 16).Select(_ => random.Next(Shape.VocabSize))], 32, 0.7, 1, i))];
        var rates = new List<double>();
        for (var round = 0; round < 12; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var tokens = policy.Generate(requests).Sum(result => result.Tokens.Length);
            rates.Add(tokens / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return new Figure($"{suite}.generate_tokens_per_s", Median(rates.Skip(3)), "tokens/s");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
