namespace AlignOps.Contracts.Evidence;

/// <summary>A judge of the definition as it stood when the run was judged: whether what it says may decide, and why.</summary>
/// <param name="JudgeDigest">Its identity: another prompt, model, parameter or parser is another judge.</param>
/// <param name="Decides">The definition wants its verdicts to decide.</param>
/// <param name="Suites">The preference suites whose comparisons are its own; empty where it only reports.</param>
/// <param name="Standing"><see cref="Qualified"/>, <c>not-examined</c>, <c>failed</c>, <c>drifted</c> or <c>drift-unmeasured</c>.</param>
/// <param name="Certificate">The examination that its standing rests on; null where there was none.</param>
/// <param name="LabelsDigest">The labelled set of that examination.</param>
/// <param name="Sentence">All of it for people.</param>
public sealed record EvidenceJudge(
    string Judge, string JudgeDigest, bool Decides, IReadOnlyList<string> Suites, string Standing, string? Certificate, string? LabelsDigest, string Sentence)
{
    public const string Qualified = "qualified";

    /// <summary>Its verdicts stand in the evidence and no rule may look at them.</summary>
    public bool IsReportOnly => Decides && Standing != Qualified;
}
