namespace AlignOps.Training.Objectives;

/// <summary>What a reward model's step shows under TRL's names.</summary>
internal sealed class RewardMetrics(double[] rewards)
{
    private int _pairs;
    private int _right;
    private double _margins;

    public IReadOnlyList<MetricSum> Sums => rewards.Length == 0 ? [] :
    [
        new("accuracy", _right, _pairs),
        new("margin", _margins, _pairs),
        new("mean_reward", rewards.Sum(), rewards.Length),
        new("min_reward", rewards.Min(), 1, MetricFold.Min),
        new("max_reward", rewards.Max(), 1, MetricFold.Max),
    ];

    /// <param name="difference">The better answer's reward less the worse one's.</param>
    public void Compared(double difference)
    {
        _pairs++;
        _right += difference > 0 ? 1 : 0;
        _margins += difference;
    }
}
