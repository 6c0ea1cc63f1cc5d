namespace AlignOps.Models.Tokenization.AddedTokens;

/// <summary>A stretch of text: an added token, or what stands between two.</summary>
internal readonly record struct TextPiece(int Start, int End, AddedToken? Token);
