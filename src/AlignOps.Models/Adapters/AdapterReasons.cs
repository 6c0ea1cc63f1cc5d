namespace AlignOps.Models.Adapters;

/// <summary>Why an adapter is refused: the reason codes that <see cref="Policies.ModelFormatException.Reason"/> carries.</summary>
public static class AdapterReasons
{
    /// <summary>Its configuration asks for what would change the answers and is not supported; the sentence names the key.</summary>
    public const string Unsupported = "adapter-unsupported";

    /// <summary>It was trained on other weights.</summary>
    public const string OtherBase = "adapter-other-base";

    /// <summary>Its tensors are not those that its configuration and the base describe.</summary>
    public const string Shape = "adapter-shape";

    /// <summary>A rank that the layer itself does not have: the pair would be larger than what it corrects.</summary>
    public const string RankAboveLayer = "rank-above-layer";

    /// <summary>A target or a pattern that no layer of this base answers to.</summary>
    public const string NamesNothing = "adapter-names-nothing";

    /// <summary>The adapter to continue has other ranks, scalings or targets than the recipe.</summary>
    public const string LoraMismatch = "lora-mismatch";
}
