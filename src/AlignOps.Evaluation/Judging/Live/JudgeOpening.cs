namespace AlignOps.Evaluation.Judging.Live;

/// <summary>A judge that can be asked, or why it cannot.</summary>
/// <param name="Code"><c>key-missing</c> or <c>endpoint-invalid</c>; null where there is a judge.</param>
internal sealed record JudgeOpening(OpenedJudge? Judge, string? Code, string? Sentence);
