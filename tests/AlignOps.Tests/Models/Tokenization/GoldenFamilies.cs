using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models.Tokenization;

/// <summary>Tokenizers in each family's configuration, and what the tokenizers library made of 10,000 strings with them (Golden/make_tokenizers.py).</summary>
internal static class GoldenFamilies
{
    private static readonly Lazy<JsonObject> File = new(Read);
    private static readonly Lazy<string[]> AllTexts = new(() => [.. Enumerable.Range(0, Count).Select(DrawText)]);

    public static IReadOnlyList<string> Names => [.. File.Value["families"]!.AsObject().Select(f => f.Key)];

    public static int Count => File.Value["count"]!.GetValue<int>();

    public static string[] Texts => AllTexts.Value;

    public static JsonNode Family(string name) => File.Value["families"]![name]!;

    public static BpeTokenizer Load(string name, Action<JsonObject>? edit = null, string? template = null, JsonObject? config = null, TimeProvider? clock = null)
    {
        using var folder = new TempFolder();
        JsonObject source = Family(name)["tokenizer"]!.DeepClone().AsObject();
        edit?.Invoke(source);
        System.IO.File.WriteAllText(folder.File("tokenizer.json"), source.ToJsonString());
        System.IO.File.WriteAllText(folder.File("tokenizer_config.json"), (config ?? []).ToJsonString());
        if (template is not null)
        {
            System.IO.File.WriteAllText(folder.File("chat_template.jinja"), template);
        }

        return AlignOps.Models.Tokenization.Tokenizer.LoadForText(folder.Path, clock);
    }

    /// <summary>The ids of one of the file's draws of random tokens.</summary>
    public static int[] RandomIds(int index, int vocabularySize)
    {
        var stream = new SplitMix((Seed * 31) + (ulong)index);
        return [.. Enumerable.Range(0, stream.Next(12)).Select(_ => stream.Next(vocabularySize + 3))];
    }

    /// <summary>Blocks of which the digest differs from the file's; none where all agree.</summary>
    public static List<string> Differences(string family, string kind, Func<int, string> value)
    {
        int block = File.Value["block"]!.GetValue<int>();
        return [.. Family(family)[kind]!.AsArray().Select((digest, i) => (Digest: digest!.GetValue<string>(), First: i * block))
            .Where(b => Digest(b.First, block, value) != b.Digest)
            .Select(b => $"{family} {kind}: texts {b.First} to {b.First + block - 1}")];
    }

    private static ulong Seed => File.Value["seed"]!.GetValue<ulong>();

    private static string Digest(int first, int count, Func<int, string> value)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = first; i < first + count; i++)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(value(i) + "\u001e"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..12];
    }

    private static string DrawText(int index)
    {
        JsonArray fragments = File.Value["fragments"]!.AsArray();
        JsonArray ranges = File.Value["ranges"]!.AsArray();
        var stream = new SplitMix(Seed + ((ulong)index * 7919));
        var text = new StringBuilder();
        for (int parts = 1 + stream.Next(16); parts > 0; parts--)
        {
            if (stream.Next(5) == 0)
            {
                JsonArray range = ranges[stream.Next(ranges.Count)]!.AsArray();
                int low = range[0]!.GetValue<int>();
                text.Append(new Rune(low + stream.Next(range[1]!.GetValue<int>() - low + 1)));
            }
            else
            {
                text.Append(fragments[stream.Next(fragments.Count)]!.GetValue<string>());
            }
        }

        return text.ToString();
    }

    private static JsonObject Read()
    {
        using Stream packed = typeof(GoldenFamilies).Assembly.GetManifestResourceStream("tokenizer-families.json.gz")!;
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        return JsonNode.Parse(plain)!.AsObject();
    }

    private sealed class SplitMix(ulong state)
    {
        public int Next(int below)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                ulong z = state;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return (int)((z ^ (z >> 31)) % (ulong)below);
            }
        }
    }
}
