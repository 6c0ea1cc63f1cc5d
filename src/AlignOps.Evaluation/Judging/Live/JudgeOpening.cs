namespace AlignOps.Evaluation.Judging.Live;

/// <summary>A judge that can be asked, or why it cannot.</summary>
/// <param name="Code"><c>key-missing</c>, <c>endpoint-invalid</c>, <c>unknown-verifier</c>, <c>model-unreadable</c> or <c>member-missing</c>; null where there is a judge.</param>
internal sealed record JudgeOpening(OpenedJudge? Judge, string? Code, string? Sentence)
{
    public static JudgeOpening Of(OpenedJudge judge) => new(judge, null, null);

    public static JudgeOpening Refused(string code, string sentence) => new(null, code, sentence);
}
