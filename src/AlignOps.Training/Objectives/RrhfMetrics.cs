namespace AlignOps.Training.Objectives;

/// <summary>
/// What RRHF shows of a step under TRL's names. The implicit reward of an answer is its length-normalised log-probability;
/// chosen is the best answer of a prompt, rejected the worst.
/// </summary>
internal sealed class RrhfMetrics
{
    private readonly Dictionary<string, (double Sum, double Count)> _sums = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricSum> Sums => [.. _sums.Select(s => new MetricSum(s.Key, s.Value.Sum, s.Value.Count))];

    public void Imitated(double loss) => Add("sft_loss", loss);

    public void Ranked(double[] ranks, double[] scores, double[] sums, double rankLoss)
    {
        int best = Array.IndexOf(ranks, ranks.Max());
        int worst = Array.IndexOf(ranks, ranks.Min());
        Add("logps/chosen", sums[best]);
        Add("rewards/chosen", scores[best]);
        if (ranks[best] == ranks[worst])
        {
            return;
        }

        Add("rank_loss", rankLoss);
        Add("logps/rejected", sums[worst]);
        Add("rewards/rejected", scores[worst]);
        Add("rewards/margins", scores[best] - scores[worst]);
        Add("rewards/accuracies", scores[best] > scores[worst] ? 1 : 0);
        for (int i = 0; i < ranks.Length; i++)
        {
            for (int j = 0; j < ranks.Length; j++)
            {
                if (ranks[i] < ranks[j])
                {
                    Add("accuracy", scores[i] < scores[j] ? 1 : 0);
                }
            }
        }
    }

    private void Add(string name, double value)
    {
        (double sum, double count) = _sums.GetValueOrDefault(name);
        _sums[name] = (sum + value, count + 1);
    }
}
