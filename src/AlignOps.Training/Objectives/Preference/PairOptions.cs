namespace AlignOps.Training.Objectives.Preference;

/// <param name="Pairs">Which pairs a ranking gives.</param>
/// <param name="ImitationWeight">Weight of the chosen answer's likelihood beside the loss of the pair; 0 leaves it out.</param>
/// <param name="Imitation">How that likelihood is counted.</param>
public sealed record PairOptions(PairChoice Pairs = PairChoice.BestWorst, double ImitationWeight = 0, Imitation Imitation = Imitation.PerToken);
