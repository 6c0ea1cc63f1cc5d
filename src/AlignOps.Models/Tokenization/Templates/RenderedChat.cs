namespace AlignOps.Models.Tokenization.Templates;

/// <summary>A conversation as a template wrote it.</summary>
/// <param name="Generations">Where the template's generation blocks stand, in characters; none where it has none.</param>
internal sealed record RenderedChat(TracedText Text, IReadOnlyList<(int Start, int End)> Generations);
