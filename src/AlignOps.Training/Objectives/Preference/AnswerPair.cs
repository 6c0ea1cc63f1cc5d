namespace AlignOps.Training.Objectives.Preference;

/// <summary>Two answers of one example by their places among its candidates, the first liked better.</summary>
public readonly record struct AnswerPair(int Chosen, int Rejected);
