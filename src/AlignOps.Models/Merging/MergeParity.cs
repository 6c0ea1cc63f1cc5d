using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Merging;

/// <summary>Asks whether a merged checkpoint answers as base and adapter did.</summary>
internal static class MergeParity
{
    /// <summary>
    /// The adapter stands beside the base as in training, not merged by the engine: the merge is compared with another way to the same answer.
    /// One policy at a time is in memory.
    /// </summary>
    public static ParityReport Measure(IPolicyEngine engine, MergeRequest request, LoraConfig lora, string merged, TensorDtype coarsest, IReadOnlyList<TokenSequence> probes)
    {
        IReadOnlyList<float[]> without = Score(engine.Load(request.Base, null), probes);
        IReadOnlyList<float[]> beside = Score(engine.LoadForAdapterTraining(request.Base, request.Adapter, lora, seed: 0), probes);
        IReadOnlyList<float[]> inside = Score(engine.Load(merged, null), probes);
        double[] differences = Differences(beside, inside);
        return new ParityReport(coarsest, probes.Count, differences.Length, differences.Average(), Largest(differences), Differences(without, beside).Average());
    }

    private static IReadOnlyList<float[]> Score(IPolicyModel policy, IReadOnlyList<TokenSequence> probes)
    {
        using (policy)
        {
            return [.. policy.Score(probes).Select(scores => scores.ToArray())];
        }
    }

    private static double[] Differences(IReadOnlyList<float[]> one, IReadOnlyList<float[]> other) =>
        [.. one.Zip(other).SelectMany(pair => pair.First.Zip(pair.Second, (a, b) => Math.Abs((double)a - b)))];

    /// <summary>NaN where there is one: a maximum that skips it would call it equal.</summary>
    private static double Largest(double[] differences) => Array.Exists(differences, double.IsNaN) ? double.NaN : differences.Max();
}
