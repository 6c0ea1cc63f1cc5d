namespace AlignOps.Training.Examples;

/// <summary>One answer of an example, tokenised with its end token.</summary>
/// <param name="Answer">Token ids; at least the end token.</param>
/// <param name="Score">Higher is better, comparable inside the example only. Null: a demonstration, to imitate whatever its rivals.</param>
/// <param name="Label">A thumb: true up, false down; null where none was given.</param>
public sealed record TrainingCandidate(int[] Answer, double? Score, bool? Label = null);
