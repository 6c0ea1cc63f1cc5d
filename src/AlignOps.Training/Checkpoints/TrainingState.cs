namespace AlignOps.Training.Checkpoints;

/// <summary>Where a training stands apart from its tensors.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Tokens">Tokens trained on so far.</param>
/// <param name="Loss">Of the last step.</param>
internal sealed record TrainingState(int Step, long Tokens, double Loss)
{
    public static readonly TrainingState Start = new(0, 0, 0);
}
