namespace AlignOps.Models.Adapters;

/// <summary>Something that no policy could make of a <see cref="LoraConfig"/>.</summary>
/// <param name="Key">As a recipe names it: rank, alpha, targets, dropout, rank_pattern, alpha_pattern.</param>
/// <param name="Sentence">Goes on from the key's name.</param>
public sealed record LoraFault(string Key, string Sentence);
