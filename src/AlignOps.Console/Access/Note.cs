namespace AlignOps.WebConsole.Access;

/// <summary>One sentence about what a form led to.</summary>
public sealed record Note(bool Good, string Sentence);
