using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Inspection;

/// <summary>Everything that a directory says of itself. A part that cannot be read is null, and a fault says why.</summary>
public sealed record ModelFacts
{
    public const string Checkpoint = "checkpoint";
    public const string Adapter = "adapter";

    public required string Kind { get; init; }

    /// <summary>Of a checkpoint.</summary>
    public PolicyConfig? Config { get; init; }

    /// <summary>Of a checkpoint; an adapter's stand with it.</summary>
    public WeightFacts? Weights { get; init; }

    public AdapterFacts? Lora { get; init; }

    /// <summary>Null where the directory has no tokenizer.json, too.</summary>
    public TokenizerFacts? Tokenizer { get; init; }

    /// <summary>Of the weights as they are now, as a manifest would name them; null where it was not asked for.</summary>
    public string? Digest { get; init; }

    public ModelManifest? Manifest { get; init; }

    /// <summary>Each with its reason code.</summary>
    public IReadOnlyList<(string Reason, string Sentence)> Faults { get; init; } = [];
}
