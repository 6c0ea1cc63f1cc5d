using System.Text.Json;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.Reading;
using AlignOps.Models.Tokenization.Templates.Jinja;

namespace AlignOps.Models.Tokenization;

/// <summary>The tokenizer of a checkpoint directory: tokenizer.json, tokenizer_config.json and, in newer directories, chat_template.jinja.</summary>
public static class Tokenizer
{
    internal const string ModelFile = "tokenizer.json";
    internal const string ConfigFile = "tokenizer_config.json";
    internal const string TemplateFile = "chat_template.jinja";
    internal const string SpecialTokensFile = "special_tokens_map.json";

    /// <param name="clock">
    /// What a template's <c>strftime_now</c> reads; without one the function is not defined, and templates that ask first write the date they fall back to:
    /// what is trained today is trained the same tomorrow.
    /// </param>
    /// <exception cref="ModelFormatException">
    /// A file is missing or of a kind that cannot be followed exactly, there is no chat template or one outside the subset,
    /// or a config.json beside it has too small a vocabulary or does not end where the template ends an answer.
    /// </exception>
    public static BpeTokenizer Load(string directory, TimeProvider? clock = null) => Load(directory, clock, needsTemplate: true);

    /// <summary>As <see cref="Load(string, TimeProvider?)"/>, but a base model without a chat template will do, as long as nothing is to be written as a conversation.</summary>
    public static BpeTokenizer LoadForText(string directory, TimeProvider? clock = null) => Load(directory, clock, needsTemplate: false);

    /// <summary>As <see cref="LoadForText"/>, with what is wrong as a value.</summary>
    public static (BpeTokenizer? Tokenizer, TokenizationFault? Fault) TryLoad(string directory, TimeProvider? clock = null)
    {
        try
        {
            return (LoadForText(directory, clock), null);
        }
        catch (ModelFormatException refusal)
        {
            string code = refusal.Reason == ModelFormatException.General ? TokenizationFaults.Files : refusal.Reason;
            return (null, new TokenizationFault(code, refusal.Message));
        }
    }

    private static BpeTokenizer Load(string directory, TimeProvider? clock, bool needsTemplate)
    {
        var pipeline = new TextPipeline(TokenizerJsonReader.Read(Path.Combine(directory, ModelFile)));
        TokenizerConfig config = TokenizerConfigJson.Read(directory);
        if (config.ChatTemplate is null && needsTemplate)
        {
            throw new ModelFormatException($"{config.TemplateSource}: key chat_template is missing, and there is no {TemplateFile}.");
        }

        try
        {
            var tokenizer = new BpeTokenizer(pipeline, Template(directory, pipeline, config, clock), new TokenizerFiles(directory, config));
            CheckPolicy(directory, tokenizer);
            return tokenizer;
        }
        catch (ChatTemplateException refusal)
        {
            throw new ModelFormatException($"{config.TemplateSource}: {refusal.Message}", refusal) { Reason = refusal.Fault.Code };
        }
    }

    private static ChatTemplate? Template(string directory, TextPipeline pipeline, TokenizerConfig config, TimeProvider? clock)
    {
        if (config.ChatTemplate is not { } jinja)
        {
            return null;
        }

        if (ChatTemplate.Known.FirstOrDefault(t => Normalise(t.Jinja) == Normalise(jinja)) is not { } known)
        {
            return JinjaTemplate.Parse(jinja, config.SpecialTokens, clock);
        }

        HashSet<string> special = [.. pipeline.Parts.AddedTokens.Where(t => t.Special).Select(t => t.Content)];
        return known.SpecialTokens.FirstOrDefault(t => t != ChatTemplate.Padding && !special.Contains(t)) is { } missing
            ? throw new ModelFormatException($"{directory}: the chat template writes {missing}, which is not among the special tokens of {ModelFile}.")
            : known;
    }

    /// <summary>Jinja reads an escaped line break and a literal one inside its strings alike; files have both.</summary>
    private static string Normalise(string jinja) => jinja.Replace("\\n", "\n", StringComparison.Ordinal).TrimEnd();

    private static void CheckPolicy(string directory, BpeTokenizer tokenizer)
    {
        string path = Path.Combine(directory, Checkpoint.ConfigFile);
        if (!File.Exists(path))
        {
            return;
        }

        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        int vocabulary = keys.PositiveInt("vocab_size");
        if (tokenizer.VocabularySize > vocabulary)
        {
            throw new ModelFormatException($"{path}: vocab_size is {vocabulary}, but {ModelFile} has {tokenizer.VocabularySize} tokens.") { Reason = "vocabulary-mismatch" };
        }

        int[] ends = PolicyConfigReader.EosTokenIds(keys, vocabulary);
        if (ends.Length > 0 && tokenizer.Template is not null && !ends.Contains(tokenizer.EndOfTurnToken))
        {
            throw new ModelFormatException(
                $"{path}: eos_token_id is {string.Join(", ", ends)}, but the chat template ends an answer with {tokenizer.Spelling(tokenizer.EndOfTurnToken)} ({tokenizer.EndOfTurnToken}): generation would not stop.");
        }
    }
}
