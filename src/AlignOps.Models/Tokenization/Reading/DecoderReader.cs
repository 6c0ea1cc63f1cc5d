using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.Decoding;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>tokenizer.json's decoder: ByteLevel, Metaspace, or a Sequence of Replace, ByteFallback, Fuse and Strip.</summary>
internal static class DecoderReader
{
    public static ITokenDecoder Read(JsonKeys keys, bool byteLevel)
    {
        if (!keys.TryGet("decoder", out _))
        {
            throw keys.Fault("decoder", "of type ByteLevel, Metaspace or Sequence");
        }

        List<ITokenDecoder> steps = [];
        Add(keys, keys.Object("decoder"), steps);
        return steps.Exists(s => s is ByteLevelDecoder) == byteLevel
            ? new DecoderSequence(steps)
            : throw keys.Fault("decoder", byteLevel ? "of type ByteLevel, as the pre_tokenizer" : "without ByteLevel, as the pre_tokenizer");
    }

    private static void Add(JsonKeys keys, JsonKeys step, List<ITokenDecoder> steps)
    {
        switch (step.String("type"))
        {
            case "Sequence":
                foreach (JsonElement inner in step.Array("decoders"))
                {
                    Add(keys, new JsonKeys($"{keys.File}: decoder", inner), steps);
                }

                return;
            case "ByteLevel":
                steps.Add(new ByteLevelDecoder());
                return;
            case "ByteFallback":
                steps.Add(new ByteFallbackDecoder());
                return;
            case "Fuse":
                steps.Add(new FuseDecoder());
                return;
            case "Replace" when Patterns.Literal(step) is { } pattern:
                steps.Add(new ReplaceDecoder(pattern, step.String("content")));
                return;
            case "Strip" when step.String("content") is [var character]:
                steps.Add(new StripDecoder(character, step.NonNegativeInt("start", step.Get("start")), step.NonNegativeInt("stop", step.Get("stop"))));
                return;
            case "Metaspace" when step.String("replacement") is [var mark]:
                bool prepended = step.OptionalString("prepend_scheme") is { } scheme ? scheme != "never" : step.Flag("add_prefix_space", true);
                steps.Add(new MetaspaceDecoder(mark, prepended));
                return;
            default:
                throw keys.Fault("decoder", "of type ByteLevel, Metaspace, or a Sequence of Replace, ByteFallback, Fuse and Strip");
        }
    }
}
