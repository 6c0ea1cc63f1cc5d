namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Several normalizers, one after the other; none leaves text as it is.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<INormalizer> steps) : INormalizer
{
    public MaskedText Apply(MaskedText text) => steps.Aggregate(text, (current, step) => step.Apply(current));
}
