namespace AlignOps.Models.Tokenization;

/// <summary>Where a stretch of text between added tokens, or an added token itself, begins and ends, and the place of its first token.</summary>
internal readonly record struct StretchMark(int Start, int End, int Token, bool IsAdded);
