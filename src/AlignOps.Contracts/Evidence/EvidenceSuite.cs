namespace AlignOps.Contracts.Evidence;

/// <summary>A suite as it was asked and judged.</summary>
/// <param name="Digest">SHA-256 of the suite file: the same exam or not.</param>
/// <param name="Samples">Answers drawn a model and item.</param>
/// <param name="JudgeDigest">The judge's identity: its kind, its rules or prompt, its parser.</param>
public sealed record EvidenceSuite(
    string Name,
    SuiteRole Role,
    string Digest,
    int Items,
    int Samples,
    double Temperature,
    double TopP,
    int MaxNewTokens,
    string Judge,
    string JudgeDigest)
{
    /// <summary>Suite and judge where a run's own held-out feedback says who is better.</summary>
    public const string HeldOutFeedback = "held-out-feedback";
}
