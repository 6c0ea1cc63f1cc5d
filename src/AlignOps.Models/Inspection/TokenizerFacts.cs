using AlignOps.Models.Tokenization;

namespace AlignOps.Models.Inspection;

/// <param name="EndOfTurn">The token that ends an answer; null where nothing says which.</param>
/// <param name="Padding">Null where there is none that is not the end, too.</param>
/// <param name="Template">The chat template's name; null without one.</param>
/// <param name="Jinja">The template itself.</param>
public sealed record TokenizerFacts(
    int Vocabulary, IReadOnlyList<SpecialToken> SpecialTokens, SpecialToken? EndOfTurn, SpecialToken? Padding, string? Template, string? Jinja)
{
    internal static TokenizerFacts Of(BpeTokenizer tokenizer) => new(
        tokenizer.VocabularySize,
        tokenizer.SpecialTokens,
        Named(tokenizer, tokenizer.EndOfTurnToken),
        tokenizer.PaddingToken is { } padding ? Named(tokenizer, padding) : null,
        tokenizer.Template?.Name,
        tokenizer.Template?.Jinja);

    private static SpecialToken? Named(BpeTokenizer tokenizer, int id) => tokenizer.Spelling(id) is { } spelling ? new SpecialToken(id, spelling) : null;
}
