namespace AlignOps.Training.Evaluation;

/// <summary>What the evaluations so far came to: part of a checkpoint, so that a resumed training stops where it would have stopped.</summary>
/// <param name="BestCost">Of the watched metric, lower being better; null before the first evaluation.</param>
/// <param name="BestStep">Where it was reached, the earliest of equals.</param>
/// <param name="Worse">Evaluations in a row since that were no better.</param>
internal sealed record EarlyStopping(double? BestCost, int BestStep, int Worse)
{
    public static readonly EarlyStopping Start = new(null, 0, 0);

    /// <summary>After another evaluation. One that is not a number is no better than any.</summary>
    public EarlyStopping After(double cost, int step) =>
        double.IsNaN(cost) || cost >= BestCost ? this with { Worse = Worse + 1 } : new EarlyStopping(cost, step, 0);

    public bool Stops(int patience) => patience > 0 && Worse >= patience;
}
