namespace AlignOps.Training.Objectives;

/// <summary>A mean in the making: sums and counts of micro-batches add up, then the mean is taken once.</summary>
/// <param name="Name">As TRL names it, such as <c>logps/chosen</c>.</param>
public readonly record struct MetricSum(string Name, double Sum, double Count);
