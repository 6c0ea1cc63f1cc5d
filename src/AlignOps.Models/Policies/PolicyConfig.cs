namespace AlignOps.Models.Policies;

/// <summary>The shape of a Llama-family decoder, by the names of Hugging Face's config.json.</summary>
public sealed record PolicyConfig
{
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
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Token that begins a text; null where the family has none.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Tokens that end an answer; config.json allows one or a list.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    public int? PadTokenId { get; init; }
}
