namespace AlignOps.Training.Runs;

/// <summary>What a Hugging Face checkpoint has beside its weights and their shape, and a trained one keeps: tokenizer, chat template, generation settings.</summary>
internal static class CompanionFiles
{
    private static readonly string[] Names =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja",
        "generation_config.json",
    ];

    /// <summary>Those that are there.</summary>
    public static IEnumerable<string> Of(string checkpoint) => Names.Select(name => Path.Combine(checkpoint, name)).Where(File.Exists);
}
