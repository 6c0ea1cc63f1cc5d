using AlignOps.Training.Evaluation;

namespace AlignOps.Training.Checkpoints;

/// <summary>Where a training stands apart from its tensors.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Tokens">Tokens trained on so far.</param>
/// <param name="Loss">Of the last step.</param>
internal sealed record TrainingState(int Step, long Tokens, double Loss)
{
    public static readonly TrainingState Start = new(0, 0, 0);

    /// <summary>The step whose policy was evaluated last; 0 before the first.</summary>
    public int EvaluatedStep { get; init; }

    public EarlyStopping Stopping { get; init; } = EarlyStopping.Start;

    /// <summary>The window of the loss's z-score, oldest first.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>The window of the gradient norm's z-score.</summary>
    public IReadOnlyList<double> GradientNorms { get; init; } = [];
}
