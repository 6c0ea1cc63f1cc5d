namespace AlignOps.Training.Evaluation;

/// <summary>The held-out metric that early stopping and the best checkpoint go by.</summary>
public enum WatchedMetric
{
    /// <summary><c>eval_loss</c>, the method's own; lower is better.</summary>
    Loss,

    /// <summary><c>eval_nll</c> of the best answers; lower is better.</summary>
    Nll,

    /// <summary><c>eval_accuracy</c> over pairs; higher is better.</summary>
    Accuracy,
}
