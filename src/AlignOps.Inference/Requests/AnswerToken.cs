namespace AlignOps.Inference.Requests;

/// <summary>A token of an answer and what else could have stood in its place.</summary>
/// <param name="Likeliest">The likeliest tokens there, the answer's own among them or not; as many as the provider gives.</param>
public sealed record AnswerToken(string Text, IReadOnlyList<TokenProbability> Likeliest);
