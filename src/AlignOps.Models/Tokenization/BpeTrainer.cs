using System.Runtime.InteropServices;
using System.Text;
using AlignOps.Models.Tokenization.AddedTokens;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Decoding;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// Trains byte-level BPE (Sennrich et al. 2016): the most frequent pair of neighbours becomes a token, again and again. The same texts in any order
/// give the same tokenizer: ties go to the pair of the lower ids.
/// </summary>
public static class BpeTrainer
{
    private const int ByteCount = 256;

    /// <summary>A pair seen once would be learned by heart.</summary>
    private const int MinPairCount = 2;

    /// <param name="vocabularySize">The most tokens to end with: special tokens, 256 bytes, and merges while any pair occurs twice.</param>
    /// <param name="template">Its special tokens come first in the vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer tokens than bytes and special tokens.</exception>
    public static BpeTokenizer Train(IEnumerable<string> texts, int vocabularySize, BuiltInTemplate template, bool splitDigits = true)
    {
        int fixedCount = template.SpecialTokens.Count + ByteCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, fixedCount);

        AddedToken[] specials = [.. template.SpecialTokens.Select((content, id) => new AddedToken(id, content, Special: true))];
        List<byte[]?> tokens = [.. specials.Select(_ => (byte[]?)null)];
        var byteTokens = new int[ByteCount];
        foreach (int value in Enumerable.Range(0, ByteCount).OrderBy(b => ByteAlphabet.Character((byte)b)))
        {
            byteTokens[value] = tokens.Count;
            tokens.Add([(byte)value]);
        }

        var corpus = new PairCorpus(CountWords(texts, splitDigits).Select(w => (Symbols(w.Key, byteTokens), w.Value)));
        List<(TokenPair, int)> merges = [];
        while (tokens.Count < vocabularySize && corpus.MostFrequent(MinPairCount) is { } pair)
        {
            int merged = tokens.Count;
            tokens.Add([.. tokens[pair.Left]!, .. tokens[pair.Right]!]);
            merges.Add((pair, merged));
            corpus.Merge(pair, merged);
        }

        var parts = new PipelineParts
        {
            Words = new BpeModel([.. tokens], merges, new WordModelOptions()),
            AddedTokens = specials,
            Splitters = [new Gpt2Splitter(splitDigits)],
            Decoder = new ByteLevelDecoder(),
        };
        return new BpeTokenizer(new TextPipeline(parts), template);
    }

    private static Dictionary<string, long> CountWords(IEnumerable<string> texts, bool splitDigits)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            var pieces = new PreTokenizer(text, splitDigits);
            while (pieces.TryNext(out ReadOnlySpan<char> piece))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(bySpan, piece, out bool _)++;
            }
        }

        return counts;
    }

    private static int[] Symbols(string word, int[] byteTokens) => [.. Encoding.UTF8.GetBytes(word).Select(b => byteTokens[b])];
}
