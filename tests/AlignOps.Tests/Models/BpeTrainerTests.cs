using AlignOps.Models.Tokenization;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Tests.Models;

public sealed class BpeTrainerTests
{
    [Fact]
    public void Train_SmallCorpus_FindsTheMergesOfThePlainAlgorithm()
    {
        // Made by recounting every pair after every merge, in another language.
        string[] expected =
        [
            "a a", "a t", "h e", "t he", "Ġ c", "Ġ o", "Ġ the", "a f", "a Ã", "m at", "n aÃ", "s at", "v e", "¯ ve", "Ã ©", "Ġ aa", "Ġ mat", "Ġ sat",
            "Ġc at", "Ġc af", "Ġo n", "naÃ ¯ve", "Ġcaf Ã©",
        ];

        BpeModel model = TinyTokenizers.Train().Model;

        Assert.Equal(expected, model.Merges.Select(m => $"{Spell(model, m.Pair.Left)} {Spell(model, m.Pair.Right)}"));
        Assert.Equal(5 + 256 + 23, model.VocabularySize);
    }

    [Fact]
    public void Train_TextsInAnyOrder_GivesTheSameTokenizer()
    {
        using var folder = new TempFolder();
        BpeTrainer.Train(TinyTokenizers.Corpus, 300, ChatTemplate.ChatMl).Save(folder.File("a"));
        BpeTrainer.Train(TinyTokenizers.Corpus.Reverse(), 300, ChatTemplate.ChatMl).Save(folder.File("b"));

        foreach (string file in (string[])["tokenizer.json", "tokenizer_config.json"])
        {
            Assert.Equal(File.ReadAllBytes(folder.File($"a/{file}")), File.ReadAllBytes(folder.File($"b/{file}")));
        }
    }

    [Fact]
    public void Train_SizeReached_Stops()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(TinyTokenizers.Corpus, 5 + 256 + 4, ChatTemplate.Compact);

        Assert.Equal(265, tokenizer.VocabularySize);
        Assert.Equal(4, tokenizer.Model.Merges.Count);
    }

    [Fact]
    public void Train_RandomCorpora_MergesAsRecountingWould()
    {
        var random = new Random(3);
        for (int round = 0; round < 20; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 30).Select(_ => new string([.. Enumerable.Range(0, 12).Select(_ => "aabc "[random.Next(5)])]))];
            BpeModel model = BpeTrainer.Train(texts, 330, ChatTemplate.Compact).Model;

            Assert.Equal(Recount(texts, 330 - 261), model.Merges.Select(m => m.Pair));
        }
    }

    [Fact]
    public void Train_NoText_KnowsBytesOnly()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train([], 1000, ChatTemplate.Compact);

        Assert.Equal(261, tokenizer.VocabularySize);
        Assert.Equal("é", tokenizer.Decode(tokenizer.Encode("é")));
    }

    [Fact]
    public void Train_FewerThanBytesAndSpecials_IsABug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTrainer.Train([], 260, ChatTemplate.Compact));

    private static string Spell(BpeModel model, int token) => ByteAlphabet.Spell(model.Bytes(token));

    private static List<TokenPair> Recount(string[] texts, int most)
    {
        BpeModel bytesOnly = BpeTrainer.Train([], 261, ChatTemplate.Compact).Model;
        List<List<int>> words = [];
        foreach (string text in texts)
        {
            var pieces = new PreTokenizer(text, true);
            while (pieces.TryNext(out ReadOnlySpan<char> piece))
            {
                words.Add([.. bytesOnly.Encode(System.Text.Encoding.UTF8.GetBytes(piece.ToString()))]);
            }
        }

        List<TokenPair> merges = [];
        while (merges.Count < most)
        {
            var best = words.SelectMany(w => w.Zip(w.Skip(1), (l, r) => new TokenPair(l, r))).GroupBy(p => p)
                .Select(g => (Count: g.Count(), Pair: g.Key)).OrderByDescending(g => g.Count).ThenBy(g => g.Pair).FirstOrDefault();
            if (best.Count < 2)
            {
                break;
            }

            foreach (List<int> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.Pair.Left && word[i + 1] == best.Pair.Right)
                    {
                        word[i] = 261 + merges.Count;
                        word.RemoveAt(i + 1);
                    }
                }
            }

            merges.Add(best.Pair);
        }

        return merges;
    }
}
