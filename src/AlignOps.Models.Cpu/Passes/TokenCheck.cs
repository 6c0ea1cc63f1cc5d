using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

internal static class TokenCheck
{
    /// <exception cref="ArgumentException">A token id outside the vocabulary, or more tokens than positions.</exception>
    public static void Throw(ReadOnlySpan<int> tokens, PolicyConfig config)
    {
        if (tokens.Length > config.MaxPositions)
        {
            throw new ArgumentException($"A sequence of {tokens.Length} tokens exceeds the {config.MaxPositions} positions of the policy.");
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)config.VocabSize)
            {
                throw new ArgumentException($"Token id {token} is outside the vocabulary of {config.VocabSize}.");
            }
        }
    }
}
