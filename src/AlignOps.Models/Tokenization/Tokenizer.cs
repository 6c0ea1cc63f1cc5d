using System.Text.Json;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Tokenization;

/// <summary>The tokenizer of a checkpoint directory: tokenizer.json, tokenizer_config.json and, in newer directories, chat_template.jinja.</summary>
public static class Tokenizer
{
    internal const string ModelFile = "tokenizer.json";
    internal const string ConfigFile = "tokenizer_config.json";
    private const string TemplateFile = "chat_template.jinja";

    /// <exception cref="ModelFormatException">
    /// A file is missing or of a kind that cannot be followed exactly, the chat template is not one of <see cref="ChatTemplate.Known"/>,
    /// or a config.json beside it has too small a vocabulary or does not end where the template ends an answer.
    /// </exception>
    public static BpeTokenizer Load(string directory)
    {
        BpeModel model = TokenizerJsonReader.Read(Path.Combine(directory, ModelFile));
        string separate = Path.Combine(directory, TemplateFile);
        string configPath = Path.Combine(directory, ConfigFile);
        (string? jinja, string source) = File.Exists(separate)
            ? (File.ReadAllText(separate), separate)
            : (TokenizerConfigJson.ReadChatTemplate(configPath), configPath);
        ChatTemplate template = Recognise(jinja, source);
        if (template.SpecialTokens.FirstOrDefault(t => t != ChatTemplate.Padding && model.SpecialTokens.All(s => s.Content != t)) is { } missing)
        {
            throw new ModelFormatException($"{directory}: the chat template writes {missing}, which is not among the special tokens of {ModelFile}.");
        }

        var tokenizer = new BpeTokenizer(model, template);
        CheckPolicy(directory, tokenizer);
        return tokenizer;
    }

    private static ChatTemplate Recognise(string? jinja, string source)
    {
        if (jinja is null)
        {
            throw new ModelFormatException($"{source}: key chat_template is missing, and there is no {TemplateFile}.");
        }

        return ChatTemplate.Known.FirstOrDefault(t => Normalise(t.Jinja) == Normalise(jinja)) ?? throw new ModelFormatException(
            $"{source}: the chat template is none of those known: {string.Join(", ", ChatTemplate.Known.Select(t => t.Name))}.");
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
            throw new ModelFormatException($"{path}: vocab_size is {vocabulary}, but {ModelFile} has {tokenizer.VocabularySize} tokens.");
        }

        int[] ends = PolicyConfigReader.EosTokenIds(keys, vocabulary);
        if (ends.Length > 0 && !ends.Contains(tokenizer.EndOfTurnToken))
        {
            throw new ModelFormatException(
                $"{path}: eos_token_id is {string.Join(", ", ends)}, but the chat template ends an answer with {tokenizer.Template.EndOfTurn} ({tokenizer.EndOfTurnToken}): generation would not stop.");
        }
    }
}
