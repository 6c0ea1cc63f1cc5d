namespace AlignOps.Models.Tokenization;

/// <summary>Where a stretch of text between added tokens, or an added token itself, begins and ends, and the place of its first token.</summary>
/// <param name="Continues">It goes on where a token found in normalised text ended: no space is put before it.</param>
internal readonly record struct StretchMark(int Start, int End, int Token, bool IsAdded, bool Continues = false);
