using AlignOps.Training.HeldOut;

namespace AlignOps.Training.Evaluation;

/// <summary>The held-out rows under the policy at a step.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Ranked">Whether the policy prefers what people preferred, whatever the method.</param>
/// <param name="Loss">The method's own loss over the held-out rows that it can learn from, as one step; null where there are none.</param>
/// <param name="Metrics">The method's own metrics over those rows.</param>
public sealed record EvaluationReport(int Step, HeldOutReport Ranked, double? Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>By the names of the metrics file, <c>eval_</c> before each; the method's own give way to those of all methods where names collide.</summary>
    public IReadOnlyDictionary<string, double> Named
    {
        get
        {
            var named = new SortedDictionary<string, double>(StringComparer.Ordinal);
            foreach ((string name, double value) in Metrics)
            {
                named["eval_" + name] = value;
            }

            Set(named, "eval_loss", Loss);
            Set(named, "eval_accuracy", Ranked.PreferenceAccuracy);
            Set(named, "eval_nll", Ranked.MeanNegativeLogLikelihood);
            named["eval_rows"] = Ranked.Outcomes.Count;
            named["eval_pairs"] = Ranked.Pairs;
            return named;
        }
    }

    /// <summary>The watched metric turned so that lower is better; null where the held-out rows do not give it.</summary>
    public double? Cost(WatchedMetric watch) => watch switch
    {
        WatchedMetric.Loss => Loss,
        WatchedMetric.Nll => Ranked.MeanNegativeLogLikelihood,
        _ => Named.TryGetValue("eval_accuracy", out double accuracy) ? -accuracy : null,
    };

    private static void Set(SortedDictionary<string, double> named, string name, double? value)
    {
        if (value is { } known)
        {
            named[name] = known;
        }
    }
}
