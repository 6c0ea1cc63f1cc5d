using AlignOps.Models.Rotary;

namespace AlignOps.Models.Policies;

/// <summary>The shape of a Llama-like decoder, by the names of Hugging Face's config.json.</summary>
public sealed record PolicyConfig
{
    public PolicyFamily Family { get; init; }

    public required int VocabSize { get; init; }
    public required int HiddenSize { get; init; }
    public required int IntermediateSize { get; init; }
    public required int LayerCount { get; init; }
    public required int HeadCount { get; init; }
    public required int KeyValueHeadCount { get; init; }

    /// <summary>May differ from hidden size / heads; the query projection's output is heads × this.</summary>
    public required int HeadDim { get; init; }

    public int MaxPositions { get; init; } = 2048;
    public double RmsNormEpsilon { get; init; } = 1e-6;
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Null where frequencies are θ's own.</summary>
    public RopeScaling? RopeScaling { get; init; }

    public bool TieWordEmbeddings { get; init; }

    /// <summary>Biases on queries, keys, values and the attention's output. Qwen2 has the first three without being asked.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Biases on the three linear layers of the MLP.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Positions that a token sees, itself included, in layers from <see cref="FirstWindowedLayer"/> on; null: all before it.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Layers before this one see everything whatever the window.</summary>
    public int FirstWindowedLayer { get; init; }

    /// <summary>Token that begins a text; null where the family has none.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Tokens that end an answer; config.json allows one or a list.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    public int? PadTokenId { get; init; }

    /// <summary>Whether each head of queries and keys has a norm of its own, shared by the heads of a layer.</summary>
    public bool HasHeadNorms => Family == PolicyFamily.Qwen3;

    /// <summary>Whether a linear layer, by its short name such as <c>q_proj</c>, has a bias.</summary>
    public bool HasBias(string module) => module switch
    {
        "q_proj" or "k_proj" or "v_proj" => AttentionBias || Family == PolicyFamily.Qwen2,
        "o_proj" => AttentionBias,
        _ => MlpBias,
    };

    /// <summary>Positions that a token of a layer sees, itself included.</summary>
    public int Window(int layer) => SlidingWindow is { } window && layer >= FirstWindowedLayer ? window : int.MaxValue;
}
