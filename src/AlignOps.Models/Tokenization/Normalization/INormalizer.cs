namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>A step of tokenizer.json's normalizer.</summary>
internal interface INormalizer
{
    MaskedText Apply(MaskedText text);
}
