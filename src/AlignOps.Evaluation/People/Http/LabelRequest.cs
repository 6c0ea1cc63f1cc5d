namespace AlignOps.Evaluation.People.Http;

/// <param name="Choice"><c>first</c>, <c>second</c>, <c>tie</c> or <c>both-bad</c>.</param>
/// <param name="FirstLevel"><c>good</c>, <c>minor-errors</c>, <c>major-errors</c> or <c>unusable</c>; may be missing.</param>
public sealed record LabelRequest(string? Choice, string? FirstLevel, string? SecondLevel);
