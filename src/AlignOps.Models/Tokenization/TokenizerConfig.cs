namespace AlignOps.Models.Tokenization;

/// <summary>What tokenizer_config.json and the files beside it say.</summary>
/// <param name="SpecialTokens">The named special tokens, such as <c>bos_token</c>, as a template sees them.</param>
/// <param name="ChatTemplate">The template's text; null where there is none.</param>
/// <param name="TemplateSource">The file that has it.</param>
internal sealed record TokenizerConfig(IReadOnlyDictionary<string, string> SpecialTokens, string? ChatTemplate, string TemplateSource)
{
    public string? EosToken => SpecialTokens.GetValueOrDefault("eos_token");

    public string? PadToken => SpecialTokens.GetValueOrDefault("pad_token");
}
