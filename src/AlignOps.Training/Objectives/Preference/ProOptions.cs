namespace AlignOps.Training.Objectives.Preference;

/// <param name="ImitationWeight">Weight of the best answer's negative log-likelihood, beside (n − 1)² for n answers.</param>
public sealed record ProOptions(double ImitationWeight = 0.05);
