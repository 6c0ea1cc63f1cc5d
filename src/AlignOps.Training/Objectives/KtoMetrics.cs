namespace AlignOps.Training.Objectives;

/// <summary>What KTO shows of a step under TRL's names: rewards are β·(log π − log π_ref), <c>kl</c> is z0, where the loss has one.</summary>
internal sealed class KtoMetrics(double? baseline)
{
    private readonly List<(bool Desirable, double Sum, double Reward)> _judged = [];

    public IReadOnlyList<MetricSum> Sums => [.. baseline is { } divergence ? [new MetricSum("kl", divergence, 1)] : Array.Empty<MetricSum>(), .. Side("chosen", true), .. Side("rejected", false), .. Margin()];

    public void Judged(bool desirable, double sum, double reward) => _judged.Add((desirable, sum, reward));

    private MetricSum[] Side(string name, bool desirable)
    {
        var side = _judged.Where(j => j.Desirable == desirable).ToArray();
        return side.Length == 0 ? [] : [new($"rewards/{name}", side.Sum(j => j.Reward), side.Length), new($"logps/{name}", side.Sum(j => j.Sum), side.Length)];
    }

    private MetricSum[] Margin()
    {
        var sides = _judged.ToLookup(j => j.Desirable, j => j.Reward);
        return sides.Count < 2 ? [] : [new("rewards/margins", sides[true].Average() - sides[false].Average(), 1)];
    }
}
