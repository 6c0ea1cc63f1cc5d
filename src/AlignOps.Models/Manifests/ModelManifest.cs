namespace AlignOps.Models.Manifests;

/// <summary>
/// <c>alignops.json</c> beside an adapter or a checkpoint: what it stands on and what it was made from, by content, so that a claim about it can be checked later.
/// It holds no time, no path and no machine: the same training writes the same bytes.
/// </summary>
public sealed record ModelManifest
{
    public const string Adapter = "adapter";
    public const string Merged = "merged";
    public const string Policy = "policy";

    /// <summary><c>adapter</c>, <c>merged</c> (a base with an adapter in its weights) or <c>policy</c> (every weight trained).</summary>
    public required string Kind { get; init; }

    /// <summary>What an adapter is to be laid on; of a merged checkpoint what it was merged into; of a policy what it was trained from.</summary>
    public required string Base { get; init; }

    /// <summary><c>sha256:</c> of the weights beside this file: an adapter's file, or a checkpoint's digest.</summary>
    public required string Weights { get; init; }

    /// <summary>The adapter that a merged checkpoint holds, by its weights.</summary>
    public string? MergedAdapter { get; init; }

    /// <summary>The dataset version that was learned.</summary>
    public string? Dataset { get; init; }

    /// <summary>What training began from.</summary>
    public ModelSource? Start { get; init; }

    /// <summary>The policy that the objective measured against; null where it needs none.</summary>
    public ModelSource? Reference { get; init; }

    /// <summary>The training method by its name in the catalogue.</summary>
    public string? Method { get; init; }

    /// <summary>The recipe's.</summary>
    public long? Seed { get; init; }

    /// <summary>What the recipe's and the run's seed came to: it decided the order of the rows and a new adapter's first values.</summary>
    public long? RunSeed { get; init; }

    public string? Engine { get; init; }

    public int? Steps { get; init; }

    /// <summary>Tokens learned from, over all epochs.</summary>
    public long? Tokens { get; init; }

    /// <summary><c>sha256:</c> of the training's metrics file.</summary>
    public string? Metrics { get; init; }
}
