using System.Globalization;
using AlignOps.Models.Adapters;
using AlignOps.Models.Inspection;
using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.ByHand;

/// <summary>A model's facts in lines for people.</summary>
internal static class ModelFactsView
{
    private const int TemplateShown = 200;

    public static IEnumerable<string> Lines(ModelFacts facts, bool tensors)
    {
        IEnumerable<string> lines =
        [
            .. facts.Config is { } config ? Policy(config) : [],
            .. facts.Lora is { } lora ? Adapter(lora) : [],
            .. facts.Weights is { } weights ? [Weights(weights)] : Array.Empty<string>(),
            .. facts.Tokenizer is { } tokenizer ? Tokenizer(tokenizer) : [],
            .. facts.Digest is { } digest ? [Field("digest", digest)] : Array.Empty<string>(),
            .. facts.Manifest is { } manifest ? Manifest(manifest) : [],
            .. facts.Faults.Select(fault => Field("fault", $"{fault.Sentence} [{fault.Reason}]")),
        ];
        return tensors
            ? lines.Concat((facts.Weights ?? facts.Lora?.Weights)?.Tensors.Select(t => $"  {t.Name} [{string.Join(", ", t.Shape)}] {t.Dtype}") ?? [])
            : lines;
    }

    private static IEnumerable<string> Policy(PolicyConfig config)
    {
        yield return Field("family", $"{config.Family}{(config.TieWordEmbeddings ? ", tied embeddings" : "")}{(config.AttentionBias ? ", attention biases" : "")}");
        yield return Field("shape", Text($"{config.LayerCount} layers, hidden {config.HiddenSize}, intermediate {config.IntermediateSize}, {config.HeadCount} heads on {config.KeyValueHeadCount} of keys and values, head size {config.HeadDim}, vocabulary {config.VocabSize}"));
        yield return Field("positions", Text($"{config.MaxPositions}, rope θ {config.RopeTheta}{(config.RopeScaling is { } scaling ? $" scaled by {scaling.Type}" : "")}{(config.SlidingWindow is { } window ? $", window {window}" : "")}"));
        yield return Field("ends", $"tokens {(config.EosTokenIds.Count == 0 ? "none" : string.Join(", ", config.EosTokenIds))}{(config.BosTokenId is { } begin ? $"; begins with {begin}" : "")}{(config.PadTokenId is { } pad ? $"; pads with {pad}" : "")}");
    }

    private static IEnumerable<string> Adapter(AdapterFacts lora)
    {
        yield return Field("adapter", LoraFit.Describe(lora.Config) + (lora.Config.Dropout > 0 ? Text($", dropout {lora.Config.Dropout}") : ""));
        yield return Field("ranks", $"{string.Join(", ", lora.Ranks.Select(rank => $"{rank.Value} layers of rank {rank.Key}"))}; a server needs a limit of at least {lora.HighestRank}");
        yield return Field("base", lora.BaseModelName ?? "not named");
        yield return Weights(lora.Weights);
        if (lora.Config.RewardHead)
        {
            yield return Field("serving", "it rates and answers nothing: 'alignops reward' asks it.");
        }
        else if (!lora.ServedByName)
        {
            yield return Field("serving", "vLLM knows one rank and one alpha for all layers: merge this adapter to serve it there.");
        }
    }

    private static string Weights(WeightFacts weights) => Field("weights", string.Create(CultureInfo.InvariantCulture,
        $"{weights.Parameters:N0} parameters in {weights.Tensors.Count} tensors, {string.Join(", ", weights.ByDtype.Select(d => $"{d.Key} {100.0 * d.Value / Math.Max(1, weights.Parameters):0.#} %"))}, {weights.Bytes / 1e6:N1} MB in {string.Join(", ", weights.Files)}"));

    private static IEnumerable<string> Tokenizer(TokenizerFacts tokenizer)
    {
        yield return Field("tokenizer", $"{tokenizer.Vocabulary} tokens; special: {string.Join(" ", tokenizer.SpecialTokens.Take(24).Select(Named))}{(tokenizer.SpecialTokens.Count > 24 ? $" and {tokenizer.SpecialTokens.Count - 24} more" : "")}");
        yield return Field("answers end", tokenizer.EndOfTurn is { } end ? Named(end) + (tokenizer.Padding is { } padding ? $"; unused places hold {Named(padding)}" : "") : "with nothing that is known");
        yield return Field("template", tokenizer.Jinja is { } jinja
            ? $"{tokenizer.Template}: {(jinja.Length > TemplateShown ? jinja[..TemplateShown] + "…" : jinja).ReplaceLineEndings("⏎")}"
            : "none: no conversation can be written");
    }

    private static IEnumerable<string> Manifest(ModelManifest manifest)
    {
        yield return Field("manifest", $"{manifest.Kind} of {manifest.Base}");
        string?[] parts =
        [
            manifest.Method is { } method ? $"method {method}" : null,
            manifest.Seed is { } seed ? Text($"seed {seed}") : null,
            manifest.Steps is { } steps ? Text($"{steps} steps") : null,
            manifest.Tokens is { } tokens ? Text($"{tokens} tokens") : null,
            manifest.Engine is { } engine ? $"engine {engine}" : null,
            manifest.Dataset is { } dataset ? $"dataset {dataset}" : null,
            manifest.Start?.Adapter is { } start ? $"continued from {start}" : null,
            manifest.Reference is { } reference ? $"against {reference.Adapter ?? "the base"}" : null,
            manifest.MergedAdapter is { } adapter ? $"with adapter {adapter}" : null,
            manifest.Metrics is { } metrics ? $"metrics {metrics}" : null,
        ];
        if (string.Join(", ", parts.OfType<string>()) is { Length: > 0 } made)
        {
            yield return Field("made by", made);
        }
    }

    private static string Named(SpecialToken token) => Text($"{token.Content} ({token.Id})");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Field(string name, string value) => $"{name,-12} {value}";
}
