using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Definition;

/// <summary>One entry of <c>evaluation.suites</c>. What it leaves out is the section's.</summary>
public sealed record SuiteSection
{
    /// <summary>How records and reports call the suite.</summary>
    public string Name { get; init; } = "";

    /// <summary>JSONL of items, relative to pipeline.yaml.</summary>
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
}
