using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using AlignOps.Benchmarks.Suites;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>
/// 10,000 optimizer steps of the 0.92 M parameter policy that the loop's bar names, every weight trained, with NEFTune and statistics: forward, backward, norm,
/// clipping, AdamW. Steps are short (four sequences of 8 to 40 tokens), so that 10,000 of them take minutes; lengths change from step to step.
/// </summary>
internal sealed class SteadySteps
{
    private const int Steps = 10_000;
    private const int Window = 1_000;
    private const int Batches = 64;

    /// <summary>What the runtime itself may come to touch, such as code that is compiled again.</summary>
    private const double RuntimeMebibytes = 1;

    private static readonly PolicyConfig Shape = EngineFigures.Shape;

    private readonly TokenSequence[][] _batches;
    private readonly float[][][] _gradients;

    public SteadySteps()
    {
        var random = new Random(7);
        _batches = [.. Enumerable.Range(0, Batches).Select(_ => SmallWorld.Batch(random, Shape.VocabSize, [.. Enumerable.Range(0, 4).Select(_ => random.Next(8, 41))]))];
        _gradients = [.. _batches.Select(batch => batch.Select(s => Enumerable.Repeat(-1f / batch.Sum(b => b.ScoredCount), s.ScoredCount).ToArray()).ToArray())];
    }

    /// <remarks>Compiled once: otherwise the runtime compiles this very loop again at its ten thousandth turn, and the compiler's 2 MiB show in the last window.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Hold(CancellationToken cancellationToken)
    {
        using ITrainablePolicy policy = new CpuPolicyEngine().Create(Shape, seed: 1);
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions(), policy.Share);
        var options = new PassOptions { NeftuneAlpha = 5, Statistics = true };
        var resident = new List<double>();
        var allocated = new List<long>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{policy.Parameters.Sum(p => p.Value.Length):N0} parameters, {Environment.ProcessorCount} threads"));
        Console.WriteLine("    steps   loss   resident   allocated by the process   collections   steps/s");
        for (var step = 0; step < Steps;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long before, int collections, long started) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0), Stopwatch.GetTimestamp());
            double loss = 0;
            for (int end = step + Window; step < end; step++)
            {
                loss += Step(policy, optimizer, options, step);
            }

            long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            allocated.Add(bytes);
            resident.Add(Resident.Mebibytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{step,9:N0}   {loss / Window:0.00}   {resident[^1],6:0.0} MiB {bytes,20:N0} bytes   {GC.CollectionCount(0) - collections,11}   {Window / seconds,7:0.0}"));
        }

        // The first window finds the sizes and compiles the code.
        double growth = resident[^1] - resident[1];
        long steady = allocated.Skip(1).Sum();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"after the first {Window:N0} steps: {steady:N0} bytes allocated, resident memory {growth:+0.0;-0.0;0.0} MiB"));
        return steady == 0 && growth <= RuntimeMebibytes;
    }

    /// <summary>The loss of one step. Nothing here allocates: the claim is about what it calls.</summary>
    private double Step(ITrainablePolicy policy, AdamW optimizer, PassOptions options, int step)
    {
        (TokenSequence[] batch, float[][] gradients) = (_batches[step * 7 % Batches], _gradients[step * 7 % Batches]);
        IReadOnlyList<TrainableParameter> parameters = policy.Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].Gradient.Span.Clear();
        }

        double loss = 0;
        using (IForwardPass pass = policy.Forward(batch, options))
        {
            for (var i = 0; i < batch.Length; i++)
            {
                foreach (float score in pass.LogProbabilities[i])
                {
                    loss += score * gradients[i][0];
                }
            }

            pass.Backward(gradients);
        }

        optimizer.Step(step + 1, 1e-3, GradientNorm.ClipScale(GradientNorm.Of(parameters), 1));
        return loss;
    }
}
