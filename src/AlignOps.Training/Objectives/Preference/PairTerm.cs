namespace AlignOps.Training.Objectives.Preference;

/// <summary>A loss of one pair.</summary>
/// <param name="ChosenSlope">∂loss/∂s of the preferred answer.</param>
/// <param name="RejectedSlope">∂loss/∂s of the other.</param>
public readonly record struct PairTerm(double Loss, double ChosenSlope, double RejectedSlope);
