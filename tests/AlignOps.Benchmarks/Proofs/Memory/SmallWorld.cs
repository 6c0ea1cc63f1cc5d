using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>Texts of a language with a rule, so that there is something to learn: a token is mostly its predecessor times five plus one.</summary>
internal static class SmallWorld
{
    /// <summary>Sequences of these lengths, every token but the first scored.</summary>
    public static TokenSequence[] Batch(Random random, int vocabulary, IReadOnlyList<int> lengths) => [.. lengths.Select(length =>
    {
        var tokens = new int[length];
        tokens[0] = random.Next(vocabulary);
        for (var i = 1; i < length; i++)
        {
            tokens[i] = random.Next(4) == 0 ? random.Next(vocabulary) : ((tokens[i - 1] * 5) + 1) % vocabulary;
        }

        var scored = new bool[length];
        scored.AsSpan(1).Fill(true);
        return new TokenSequence(tokens, scored) { Noise = random.Next() };
    })];
}
