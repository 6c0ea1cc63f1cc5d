using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>
/// tokenizer.json's pre_tokenizer: Split by a family's pattern, Digits, and ByteLevel as the last (GPT-2, SmolLM2, Llama 3, Qwen);
/// or Metaspace alone, or none (Llama 2, Mistral).
/// </summary>
internal static class PreTokenizerReader
{
    /// <summary>The patterns known, each with its splitter.</summary>
    private static readonly Dictionary<string, ISplitter> Known = new(StringComparer.Ordinal)
    {
        [Tiktoken(@"\p{N}{1,3}")] = new TiktokenSplitter(digits: 3),
        [Tiktoken(@"\p{N}")] = new TiktokenSplitter(digits: 1),
        [@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"] = new Gpt2Splitter(splitDigits: false),
    };

    public static PreTokenization Read(JsonKeys keys)
    {
        if (!keys.TryGet("pre_tokenizer", out _))
        {
            return new PreTokenization(ByteLevel: false, null, []);
        }

        JsonKeys[] steps = [.. Flat(keys.Object("pre_tokenizer"))];
        if (steps is [var only] && only.String("type") == "Metaspace")
        {
            return Metaspace(only);
        }

        if (steps is [] || steps[^1].String("type") != "ByteLevel")
        {
            throw keys.Fault("pre_tokenizer", "null, Metaspace, or Split and Digits with ByteLevel as the last");
        }

        List<ISplitter> splitters = [.. steps[..^1].Select(step => Splitter(keys, step))];
        JsonKeys last = steps[^1];
        if (last.Flag("use_regex", true))
        {
            splitters.Add(new Gpt2Splitter(splitDigits: false));
        }

        bool prefix = last.Flag("add_prefix_space", true);
        return prefix && steps.Length > 1
            ? throw last.Fault("add_prefix_space", "false behind another step")
            : new PreTokenization(ByteLevel: true, prefix ? new SpacePreparation(' ', PrependScheme.Always) : null, splitters);
    }

    private static IEnumerable<JsonKeys> Flat(JsonKeys step) => step.String("type") == "Sequence"
        ? step.Array("pretokenizers").SelectMany(inner => Flat(new JsonKeys($"{step.File}: pretokenizers", inner)))
        : [step];

    private static ISplitter Splitter(JsonKeys keys, JsonKeys step)
    {
        switch (step.String("type"))
        {
            case "Digits":
                return new DigitSplitter(step.Flag("individual_digits", false));
            case "Split" when step.String("behavior") != "Isolated":
                throw step.Fault("behavior", "\"Isolated\"");
            case "Split" when step.Flag("invert", false):
                throw step.Fault("invert", "false");
            case "Split":
                return Patterns.Regex(step) is { } pattern && Known.TryGetValue(pattern, out ISplitter? splitter)
                    ? splitter
                    : throw step.Fault("pattern", "the regular expression of Llama 3, Qwen or GPT-2");
            default:
                throw keys.Fault("pre_tokenizer", "null, Metaspace, or Split and Digits with ByteLevel as the last");
        }
    }

    private static PreTokenization Metaspace(JsonKeys step)
    {
        string mark = step.String("replacement");
        if (mark != TokenizerJsonReader.SpaceMark.ToString())
        {
            throw step.Fault("replacement", $"\"{TokenizerJsonReader.SpaceMark}\"");
        }

        PrependScheme scheme = step.OptionalString("prepend_scheme") switch
        {
            null => step.Flag("add_prefix_space", true) ? PrependScheme.Always : PrependScheme.Never,
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw step.Fault("prepend_scheme", "always, first or never"),
        };
        bool split = step.Flag("split", true);
        return new PreTokenization(ByteLevel: false, new SpacePreparation(mark[0], scheme), split ? [new WordStartSplitter(mark[0], everyMark: true)] : []);
    }

    private static string Tiktoken(string numbers) =>
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|" + numbers + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
}
