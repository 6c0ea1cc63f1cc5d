using AlignOps.Models.Tokenization.AddedTokens;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Decoding;
using AlignOps.Models.Tokenization.Normalization;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization;

/// <summary>What tokenizer.json says, part by part.</summary>
internal sealed record PipelineParts
{
    public required IWordModel Words { get; init; }

    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    public INormalizer Normalizer { get; init; } = new NormalizerSequence([]);

    /// <summary>The normalizer without what it puts before a stretch.</summary>
    public INormalizer ContinuingNormalizer { get; init; } = new NormalizerSequence([]);

    public SpacePreparation? Space { get; init; }

    public IReadOnlyList<ISplitter> Splitters { get; init; } = [];

    public required ITokenDecoder Decoder { get; init; }

    /// <summary>What stands for a space in spellings, where the decoder turns it back.</summary>
    public char? SpaceMark { get; init; }

    /// <summary>Special tokens that the post-processor puts before a text of its own, such as the one that begins a sequence.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>Special tokens that the post-processor puts behind a text of its own.</summary>
    public IReadOnlyList<int> Suffix { get; init; } = [];
}
