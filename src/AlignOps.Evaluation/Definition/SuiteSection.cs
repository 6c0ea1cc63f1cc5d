using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Definition;

/// <summary>One entry of <c>evaluation.suites</c>. What it leaves out is the section's.</summary>
public sealed record SuiteSection
{
    /// <summary>How records and reports call the suite.</summary>
    public string Name { get; init; } = "";

    /// <summary>open: answers in the model's own words. multiple-choice, exact-match, pair-likelihood, perplexity: benchmarks whose answers are known, by lm-evaluation-harness' definitions.</summary>
    public SuiteKind Kind { get; init; }

    /// <summary>JSONL of items, relative to pipeline.yaml; of a benchmark also a JSON array or CSV.</summary>
    public string File { get; init; } = "";

    /// <summary>preference: answers are compared in pairs. regression: answers are scored, and the mean must not fall.</summary>
    public SuiteRole Role { get; init; } = SuiteRole.Preference;

    /// <summary>Judges this suite instead of the section's verifier.</summary>
    public string? Verifier { get; init; }

    /// <summary>Instead of the section's.</summary>
    public double? Temperature { get; init; }

    /// <summary>Instead of the section's.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>
    /// Answers drawn a model and item; the item counts with their mean. A regression suite whose models rarely fail needs several: chance failures of single draws
    /// otherwise drown a small margin.
    /// </summary>
    public int Samples { get; init; } = 1;

    /// <summary>
    /// What an item of a benchmark scores by: acc_norm (the default of multiple choice), acc, acc_bytes or acc_mutual_info; the filter's name for exact-match;
    /// pct_stereotype (the default of pairs) or likelihood_diff.
    /// </summary>
    public string? Metric { get; init; }

    /// <summary>Put a benchmark's questions through the chat template instead of as plain text.</summary>
    public bool Chat { get; init; }

    /// <summary>Solved examples of a benchmark, in its format, relative to pipeline.yaml.</summary>
    public string? ShotsFile { get; init; }

    /// <summary>How many of them stand before each question.</summary>
    public int Shots { get; init; } = 5;
}
