namespace AlignOps.Evaluation.Definition;

/// <summary>What the kinds of suites have in common and in particular.</summary>
internal static class SuiteKinds
{
    private static readonly string[] Choice = ["acc_norm", "acc", "acc_bytes", "acc_mutual_info"];

    /// <summary>The kind's name as pipeline.yaml writes it.</summary>
    public static string Name(this SuiteKind kind) => kind switch
    {
        SuiteKind.MultipleChoice => "multiple-choice",
        SuiteKind.ExactMatch => "exact-match",
        SuiteKind.PairLikelihood => "pair-likelihood",
        SuiteKind.Perplexity => "perplexity",
        SuiteKind.GptScore => "gpt-score",
        SuiteKind.FactPrecision => "fact-precision",
        SuiteKind.Consistency => "consistency",
        SuiteKind.Toxicity => "toxicity",
        SuiteKind.Values => "values",
        _ => "open",
    };

    /// <summary>Answers are known beforehand, so nobody judges and nothing is sampled.</summary>
    public static bool IsClosed(this SuiteKind kind) => kind is SuiteKind.MultipleChoice or SuiteKind.ExactMatch or SuiteKind.PairLikelihood or SuiteKind.Perplexity;

    /// <summary>Whatever the model answers is prose, which judges, screens and the untrained base can be held to.</summary>
    public static bool IsInWords(this SuiteKind kind) => !kind.IsClosed() && kind != SuiteKind.Values;

    /// <summary>Answers are decided claim by claim.</summary>
    public static bool HasClaims(this SuiteKind kind) => kind is SuiteKind.FactPrecision or SuiteKind.Consistency;

    /// <summary>Metrics that an item's score can be, the usual one first; empty where the file's format names them.</summary>
    public static IReadOnlyList<string> Metrics(this SuiteKind kind) => kind switch
    {
        SuiteKind.MultipleChoice => Choice,
        SuiteKind.PairLikelihood => ["pct_stereotype", "likelihood_diff"],
        SuiteKind.Perplexity => ["byte_perplexity"],
        _ => [],
    };
}
