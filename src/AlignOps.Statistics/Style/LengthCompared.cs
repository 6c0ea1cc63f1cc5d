namespace AlignOps.Statistics.Style;

/// <summary>A model against the baseline, item by item.</summary>
/// <param name="Outcomes">In [0, 1]: 1 where the model won.</param>
/// <param name="LengthDifferences">The baseline's length minus the model's, in characters.</param>
/// <param name="Clusters">0-based source of each item, the same for the same item of other models.</param>
public sealed record LengthCompared(string Name, IReadOnlyList<double> Outcomes, IReadOnlyList<double> LengthDifferences, IReadOnlyList<int> Clusters);
