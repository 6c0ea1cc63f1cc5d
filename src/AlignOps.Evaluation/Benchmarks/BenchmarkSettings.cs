using AlignOps.Rewards.Code;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>How a benchmark is run.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>Only the first items; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Longest answer in the model's own words, in tokens.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>Questions are put through the chat template as a user's message, and answers are the assistant's; otherwise they are plain text.</summary>
    public bool Chat { get; init; }

    /// <summary>The beginning-of-text token stands before every context.</summary>
    public bool BeginOfText { get; init; }

    /// <summary>Solved examples that stand before each question, in this order; none of them may be an item of the benchmark.</summary>
    public IReadOnlyList<BenchmarkItem> Shots { get; init; } = [];

    /// <summary>Draws the bootstrap of perplexities.</summary>
    public long Seed { get; init; }

    /// <summary>Runs answers that are programs.</summary>
    public CodeVerifier Code { get; init; } = new(LinuxSandbox.Shared, CodeSettings.Default);
}
