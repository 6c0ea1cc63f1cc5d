namespace AlignOps.Models.Tokenization;

/// <summary>A token that only a template may write: no plain text encodes to it.</summary>
public sealed record SpecialToken(int Id, string Content);
