namespace AlignOps.Training.Objectives.Preference;

/// <summary>What a method of pairs shows of a step under TRL's names, each a mean over pairs. <c>logps/*</c> are sums over an answer in every method.</summary>
internal sealed class PairMetrics
{
    private readonly Dictionary<string, (double Sum, double Count)> _sums = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricSum> Sums => [.. _sums.Select(s => new MetricSum(s.Key, s.Value.Sum, s.Value.Count))];

    public void Judged(PairLoss loss, PairSide chosen, PairSide rejected)
    {
        (double liked, double disliked) = (loss.Reward(chosen), loss.Reward(rejected));
        Add("rewards/chosen", liked);
        Add("rewards/rejected", disliked);
        Add("rewards/margins", liked - disliked);
        Add("rewards/accuracies", liked > disliked ? 1 : 0);
        Add("logps/chosen", chosen.Sum);
        Add("logps/rejected", rejected.Sum);
        foreach (MetricSum own in loss.Metrics(chosen, rejected))
        {
            Add(own.Name, own.Sum, own.Count);
        }
    }

    public void Imitated(double negativeLogLikelihood) => Add("nll_loss", negativeLogLikelihood);

    private void Add(string name, double sum, double count = 1)
    {
        (double before, double counted) = _sums.GetValueOrDefault(name);
        _sums[name] = (before + sum, counted + count);
    }
}
