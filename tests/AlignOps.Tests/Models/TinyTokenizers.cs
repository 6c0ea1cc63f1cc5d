using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models;

internal static class TinyTokenizers
{
    public static readonly string[] Corpus =
    [
        "the cat sat on the mat, the cats sat on the mats.",
        "it's 10 o'clock and 10:10 isn't 100",
        "naïve café, naïve cafés",
        "aaaa aaaaa aa",
    ];

    public static BpeTokenizer Train(BuiltInTemplate? template = null) => BpeTrainer.Train(Corpus, 400, template ?? ChatTemplate.Compact);

    /// <summary>Text from every corner of Unicode, special tokens' texts and broken surrogates included.</summary>
    public static string RandomText(Random random)
    {
        string[] fragments =
        [
            "the", " cat", "10", "<|end|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|im_end|>", "\n", "  ", "'s", "é", "e\u0301", "日本", "😀", "\ud83d", "\ude00",
            "\0", "\u007f", "\u0085", "\ufffd", "\uffff", "𐐀", "\ufeff",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0
            ? ((char)random.Next(0x10000)).ToString()
            : fragments[random.Next(fragments.Length)]));
    }
}
