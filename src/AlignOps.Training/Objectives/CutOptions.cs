namespace AlignOps.Training.Objectives;

/// <param name="Threshold">A token is unfit where the judgment makes it this many times likelier.</param>
/// <param name="UnlikelihoodWeight">Weight of the unfit tokens.</param>
public sealed record CutOptions(double Threshold = 1.2, double UnlikelihoodWeight = 0.5);
