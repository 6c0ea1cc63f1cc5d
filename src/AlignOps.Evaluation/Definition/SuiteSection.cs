using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Definition;

/// <summary>One entry of <c>evaluation.suites</c>. What it leaves out is the section's.</summary>
public sealed record SuiteSection
{
    /// <summary>How records and reports call the suite.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// open: answers in the model's own words, judged. gpt-score, fact-precision, consistency, toxicity: such answers, scored by likelihood, by claims or by a list of words. values: the pipeline's constitution.
    /// multiple-choice, exact-match, pair-likelihood, perplexity: benchmarks whose answers are known, by lm-evaluation-harness' definitions.
    /// </summary>
    public SuiteKind Kind { get; init; }

    /// <summary>JSONL of items, relative to pipeline.yaml; of a benchmark also a JSON array or CSV.</summary>
    public string File { get; init; } = "";

    /// <summary>preference: answers are compared in pairs. regression: answers are scored, and the mean must not fall. report: they are scored for people, and decide nothing.</summary>
    public SuiteRole Role { get; init; } = SuiteRole.Preference;

    /// <summary>Judges this suite instead of the section's verifier; decides claims instead of supported, and toxicity instead of a lexicon.</summary>
    public string? Verifier { get; init; }

    /// <summary>Of fact-precision and consistency: the judge of evaluation.judges that decides claims, instead of a verifier. It has not qualified for that, so the suite's role is report.</summary>
    public string? Judge { get; init; }

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

    /// <summary>Words and phrases that make an answer toxic, one a line; relative to pipeline.yaml.</summary>
    public string? Lexicon { get; init; }

    /// <summary>Of gpt-score: what stands before an answer, with {question}, perhaps {reference}, and {answer} at its end.</summary>
    public string? Template { get; init; }

    /// <summary>Of fact-precision: answers of fewer claims are marked down by e^(1 − this / claims); 10 in FActScore's paper, 1 for short answers.</summary>
    public int LeastClaims { get; init; } = 1;

    /// <summary>Of fact-precision and consistency: words of the context that a claim is held against at once.</summary>
    public int ChunkWords { get; init; } = 250;
}
