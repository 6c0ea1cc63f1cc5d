namespace AlignOps.Models.Policies;

/// <summary>The families of decoders that the engines run: one network, with parts that some of them add.</summary>
public enum PolicyFamily
{
    /// <summary>Llama 2 and 3, SmolLM2 and whatever else calls itself <c>llama</c>.</summary>
    Llama,

    /// <summary>Attention may be limited to a window of positions.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5: queries, keys and values have biases.</summary>
    Qwen2,

    /// <summary>Queries and keys are normed head by head before they are rotated.</summary>
    Qwen3,
}
