namespace AlignOps.Training.Objectives;

/// <param name="Margin">m for each point by which the better answer scores higher.</param>
/// <param name="CenterCoefficient">c of the term that holds rewards around 0.</param>
public sealed record RewardOptions(double Margin = 0, double CenterCoefficient = 0);
