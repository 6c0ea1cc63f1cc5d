namespace AlignOps.Training.Examples;

/// <summary>One answer of an example, tokenised with its end token.</summary>
/// <param name="Answer">Token ids; at least the end token.</param>
/// <param name="Score">Higher is better, comparable inside the example only. Null: a demonstration, to imitate whatever its rivals.</param>
/// <param name="Label">A thumb: true up, false down; null where none was given.</param>
/// <param name="Prompt">Token ids to stand before this answer instead of the example's prompt, such as one with a condition or a judgment; null: the example's.</param>
/// <param name="Weights">How much each token of the answer counts in the loss; 0 leaves it out of what is scored, below 0 makes it less likely where the method knows how. Null: 1 each.</param>
public sealed record TrainingCandidate(int[] Answer, double? Score, bool? Label = null, int[]? Prompt = null, double[]? Weights = null);
