using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.AddedTokens;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Decoding;
using AlignOps.Models.Tokenization.Normalization;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>
/// Reads a tokenizer.json of BPE as the families' tokenizers have it; anything that would make other tokens than the reference library is refused by key.
/// What it says of truncation and padding is left to whoever batches: nothing is cut in silence here.
/// </summary>
internal static class TokenizerJsonReader
{
    public static PipelineParts Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        (INormalizer normalizer, INormalizer continuing) = NormalizerReader.Read(keys);
        PreTokenization cut = PreTokenizerReader.Read(keys);
        ITokenDecoder decoder = DecoderReader.Read(keys, cut.ByteLevel);
        JsonKeys model = keys.Object("model");
        CheckModel(model, cut.ByteLevel);
        Dictionary<string, int> vocabulary = VocabularyReader.Read(model);
        List<AddedToken> added = AddedTokensReader.Read(keys, vocabulary);
        int? unknown = UnknownToken(model, vocabulary);
        Dictionary<string, int> ordinary = Ordinary(vocabulary, added);
        var merges = VocabularyReader.ReadMerges(model, vocabulary, [.. added.Where(t => t.Special).Select(t => t.Id)]);
        int size = vocabulary.Values.Concat(added.Select(t => t.Id)).DefaultIfEmpty(-1).Max() + 1;
        var options = new WordModelOptions(unknown, model.Flag("fuse_unk", false), model.Flag("byte_fallback", false), model.Flag("ignore_merges", false));
        IWordModel words = cut.ByteLevel
            ? new BpeModel(VocabularyReader.Bytes(model, ordinary, size), merges, options)
            : new CharacterModel(ordinary, size, merges, options);
        (int[] prefix, int[] suffix) = PostProcessorReader.Read(keys);
        return new PipelineParts
        {
            Words = words,
            AddedTokens = added,
            Normalizer = normalizer,
            ContinuingNormalizer = continuing,
            Space = cut.Space,
            Splitters = cut.Splitters is [] && !cut.ByteLevel && MayCutWords(ordinary, merges, words) ? [new WordStartSplitter(SpaceMark, everyMark: false)] : cut.Splitters,
            Decoder = decoder,
            SpaceMark = cut.ByteLevel ? null : SpaceMark,
            Prefix = prefix,
            Suffix = suffix,
        };
    }

    internal const char SpaceMark = '\u2581';

    private static void CheckModel(JsonKeys model, bool byteLevel)
    {
        if (model.OptionalString("type") is not (null or "BPE"))
        {
            throw model.Fault("type", "\"BPE\"");
        }

        if (byteLevel && model.Flag("byte_fallback", false))
        {
            throw model.Fault("byte_fallback", "false beside ByteLevel");
        }

        if (model.TryGet("dropout", out JsonElement dropout) && !(dropout.ValueKind == JsonValueKind.Number && dropout.TryGetDouble(out double share) && share == 0))
        {
            throw model.Fault("dropout", "null");
        }

        foreach (string key in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.OptionalString(key) is { Length: > 0 })
            {
                throw model.Fault(key, "null");
            }
        }
    }

    private static int? UnknownToken(JsonKeys model, Dictionary<string, int> vocabulary) => model.OptionalString("unk_token") switch
    {
        null => null,
        var name when vocabulary.TryGetValue(name, out int id) => id,
        _ => throw model.Fault("unk_token", "a token of the vocabulary"),
    };

    private static Dictionary<string, int> Ordinary(Dictionary<string, int> vocabulary, List<AddedToken> added)
    {
        HashSet<int> special = [.. added.Where(t => t.Special).Select(t => t.Id)];
        return vocabulary.Where(v => !special.Contains(v.Value)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Whether no merge joins a letter and a mark of space behind it: then words cannot touch each other's tokens.</summary>
    private static bool MayCutWords(Dictionary<string, int> vocabulary, IReadOnlyList<(TokenPair Pair, int Result)> merges, IWordModel words) =>
        vocabulary.ContainsKey(SpaceMark.ToString())
        && merges.All(m => words.Spelling(m.Pair.Left)![^1] == SpaceMark || words.Spelling(m.Pair.Right)![0] != SpaceMark);
}
