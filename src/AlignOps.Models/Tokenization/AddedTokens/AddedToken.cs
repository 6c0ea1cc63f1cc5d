namespace AlignOps.Models.Tokenization.AddedTokens;

/// <summary>A token that tokenizer.json cuts out of text before anything merges.</summary>
/// <param name="Special">Only a template may write it; others may stand in any text.</param>
/// <param name="LeftStrip">Takes the white space before it.</param>
/// <param name="RightStrip">Takes the white space behind it.</param>
/// <param name="SingleWord">Found only where no letter, digit or mark touches it.</param>
/// <param name="Normalized">Found in normalised text, by its own normalised content.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool LeftStrip = false, bool RightStrip = false, bool SingleWord = false, bool Normalized = false);
