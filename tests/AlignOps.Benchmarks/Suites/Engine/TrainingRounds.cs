using System.Diagnostics;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>Our side of a comparison: optimizer steps over the same random tokens, as the peer's. Forward, mean cross-entropy of the next token, backward, clipping to 1, AdamW.</summary>
internal sealed class TrainingRounds : IDisposable
{
    private readonly ITrainablePolicy _policy;
    private readonly AdamW _optimizer;
    private readonly TokenSequence[] _batch;
    private readonly float[][] _gradients;
    private int _step;

    private TrainingRounds(ITrainablePolicy policy, int sequences, int length)
    {
        _policy = policy;
        _optimizer = new AdamW(policy.Parameters, new AdamWOptions(0.9, 0.95), policy.Share);
        var random = new Random(1);
        _batch = [.. Enumerable.Range(0, sequences).Select(_ => Scored([.. Enumerable.Range(0, length).Select(_ => random.Next(policy.Config.VocabSize))]))];
        _gradients = [.. _batch.Select(sequence => Enumerable.Repeat(-1f / (sequences * (length - 1)), sequence.ScoredCount).ToArray())];
        Tokens = sequences * length;
    }

    /// <summary>Tokens of a step.</summary>
    public int Tokens { get; }

    /// <summary>All parameters are trained.</summary>
    public static TrainingRounds Full(PolicyConfig config, int sequences, int length, int threads) =>
        new(new CpuPolicyEngine(threads).Create(config, seed: 1), sequences, length);

    /// <summary>Adapters on all linear layers are trained, the rest is frozen.</summary>
    public static TrainingRounds Lora(PolicyConfig config, int sequences, int length, int rank, int threads)
    {
        var engine = new CpuPolicyEngine(threads);
        using var folder = new ProofFolder { Keep = false };
        string checkpoint = folder.Below("base");
        using (ITrainablePolicy policy = engine.Create(config, seed: 1))
        {
            policy.Save(checkpoint);
        }

        GC.Collect();
        return new TrainingRounds(engine.LoadForAdapterTraining(checkpoint, null, new LoraConfig(rank, rank, LoraConfig.AllLinear), seed: 1), sequences, length);
    }

    /// <summary>Seconds of each step.</summary>
    public double[] Run(int rounds) => [.. Enumerable.Range(0, rounds).Select(_ => Step())];

    public void Dispose() => _policy.Dispose();

    private static TokenSequence Scored(int[] tokens)
    {
        var scored = new bool[tokens.Length];
        scored.AsSpan(1).Fill(true);
        return new TokenSequence(tokens, scored);
    }

    private double Step()
    {
        long started = Stopwatch.GetTimestamp();
        using (IForwardPass pass = _policy.Forward(_batch))
        {
            pass.Backward(_gradients);
        }

        _optimizer.Step(++_step, 1e-3, GradientNorm.ClipScale(_optimizer.Norm(), 1), clears: true);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
