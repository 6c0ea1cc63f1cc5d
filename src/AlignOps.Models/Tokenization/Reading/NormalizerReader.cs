using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.Normalization;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>tokenizer.json's normalizer: none, NFC (Qwen), or Prepend and Replace (Llama 2 and Mistral as converted early).</summary>
internal static class NormalizerReader
{
    /// <summary>The normalizer, and the one for text that goes on within a stretch.</summary>
    public static (INormalizer Whole, INormalizer Continuing) Read(JsonKeys keys)
    {
        List<INormalizer> steps = [];
        if (keys.TryGet("normalizer", out _))
        {
            Add(keys, keys.Object("normalizer"), steps);
        }

        return (new NormalizerSequence(steps), new NormalizerSequence([.. steps.Where(s => s is not PrependNormalizer)]));
    }

    private static void Add(JsonKeys keys, JsonKeys step, List<INormalizer> steps)
    {
        switch (step.String("type"))
        {
            case "Sequence":
                foreach (JsonElement inner in step.Array("normalizers"))
                {
                    Add(keys, new JsonKeys($"{keys.File}: normalizer", inner), steps);
                }

                return;
            case "NFC" when ComposingNormalizer.Works:
                steps.Add(new ComposingNormalizer());
                return;
            case "NFC":
                throw new ModelFormatException($"{keys.File}: key normalizer is NFC, which needs ICU: install libicu and turn globalization-invariant mode off.");
            case "Prepend":
                steps.Add(new PrependNormalizer(step.String("prepend")));
                return;
            case "Replace" when Patterns.Literal(step) is { } pattern:
                steps.Add(new ReplaceNormalizer(pattern, step.String("content")));
                return;
            default:
                throw keys.Fault("normalizer", "null, NFC, Prepend, Replace of a string, or a Sequence of them");
        }
    }
}
