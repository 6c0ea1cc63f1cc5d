namespace AlignOps.Models.Tokenization.Bpe;

/// <param name="Unknown">The token of a character that has no other; null: it is left out.</param>
/// <param name="FuseUnknown">Unknown characters in a row make one token.</param>
/// <param name="ByteFallback">A character without a token is spelled in bytes.</param>
/// <param name="IgnoreMerges">A piece that is itself a token is taken whole, whatever the merges say (Llama 3).</param>
internal sealed record WordModelOptions(int? Unknown = null, bool FuseUnknown = false, bool ByteFallback = false, bool IgnoreMerges = false);
