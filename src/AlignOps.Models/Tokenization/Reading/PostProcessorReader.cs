using System.Text.Json;
using AlignOps.Models.Json;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>
/// tokenizer.json's post_processor: the special tokens that a TemplateProcessing puts around a text of its own. A chat template writes its own,
/// so these never stand in a conversation.
/// </summary>
internal static class PostProcessorReader
{
    public static (int[] Prefix, int[] Suffix) Read(JsonKeys keys)
    {
        List<int> prefix = [];
        List<int> suffix = [];
        if (keys.TryGet("post_processor", out _))
        {
            Add(keys, keys.Object("post_processor"), prefix, suffix);
        }

        return ([.. prefix], [.. suffix]);
    }

    private static void Add(JsonKeys keys, JsonKeys step, List<int> prefix, List<int> suffix)
    {
        switch (step.String("type"))
        {
            case "Sequence":
                foreach (JsonElement inner in step.Array("processors"))
                {
                    Add(keys, new JsonKeys($"{keys.File}: post_processor", inner), prefix, suffix);
                }

                return;
            case "ByteLevel":
                return; // It changes offsets alone.
            case "TemplateProcessing":
                AddTemplate(step, prefix, suffix);
                return;
            default:
                throw keys.Fault("post_processor", "null, ByteLevel, TemplateProcessing, or a Sequence of them");
        }
    }

    private static void AddTemplate(JsonKeys step, List<int> prefix, List<int> suffix)
    {
        JsonKeys tokens = step.Object("special_tokens");
        bool behind = false;
        foreach (JsonElement item in step.Array("single"))
        {
            var part = new JsonKeys($"{step.File}: single", item);
            if (part.TryGet("Sequence", out _))
            {
                behind = true;
                continue;
            }

            JsonKeys token = tokens.Object(part.Object("SpecialToken").String("id"));
            (behind ? suffix : prefix).AddRange(token.Array("ids").Select(id => token.NonNegativeInt("ids", id)));
        }
    }
}
