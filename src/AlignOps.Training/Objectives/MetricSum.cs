namespace AlignOps.Training.Objectives;

/// <summary>A mean in the making: sums and counts of micro-batches add up, then the mean is taken once.</summary>
/// <param name="Name">As TRL names it, such as <c>logps/chosen</c>.</param>
/// <param name="Fold">Least and greatest values are made of parts in their own way; their count is 1.</param>
public readonly record struct MetricSum(string Name, double Sum, double Count, MetricFold Fold = MetricFold.Mean);
