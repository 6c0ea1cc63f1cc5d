using System.Text.Json.Serialization;

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
    /// <summary>How it was asked, such as <c>multiple-choice</c>; null for questions that are answered in the model's own words and judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Protections that were on where answers were run as programs, in ordinal order; null where none was run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Guards { get; init; }

    /// <summary>Answers are known beforehand, or most of them: what a model chose or found likely is no prose to be screened.</summary>
    public bool IsClosed => Kind is "multiple-choice" or "exact-match" or "pair-likelihood" or "perplexity" or "values";

    /// <summary>Suite and judge where a run's own held-out feedback says who is better.</summary>
    public const string HeldOutFeedback = "held-out-feedback";
}
