using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;

namespace AlignOps.Models.Merging;

/// <summary>Sequences that two forms of one policy are compared on: plain texts where the tokenizer reads them, and tokens drawn from the whole vocabulary.</summary>
internal static class ParityProbes
{
    private const int Drawn = 4;
    private const int Length = 48;

    private static readonly string[] Texts =
    [
        "The meeting moved to Thursday because two of the four people who had to sign were still on the train.",
        "Question: what should I do before replacing the battery?\nAnswer: switch the device off and unplug the charger.",
        "def area(width, height):\n    return width * height\n",
        "Größe, naïve, 東京, 3.14159 and 2 + 2 = 4.",
    ];

    /// <param name="tokenizer">Null compares drawn tokens alone.</param>
    public static IReadOnlyList<TokenSequence> For(PolicyConfig policy, ITokenizer? tokenizer, long seed = 0)
    {
        int limit = Math.Min(Length, policy.MaxPositions);
        IEnumerable<int[]> texts = tokenizer is null ? [] : Texts.Select(text => tokenizer.Encode(text)).Where(tokens => tokens.Length > 1);
        IEnumerable<int[]> drawn = Enumerable.Range(0, Drawn).Select(index =>
        {
            var random = new RandomStream(RandomStream.Derive(seed, index));
            return Enumerable.Range(0, limit).Select(_ => random.NextInt(policy.VocabSize)).ToArray();
        });
        return [.. texts.Concat(drawn).Select(tokens => tokens.AsSpan(0, Math.Min(tokens.Length, limit)).ToArray()).Where(tokens => tokens.Length > 1)
            .Select(tokens => TokenSequence.PromptAnswer(tokens.AsSpan(0, 1), tokens.AsSpan(1)))];
    }
}
