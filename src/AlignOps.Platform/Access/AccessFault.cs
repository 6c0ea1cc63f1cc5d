namespace AlignOps.Platform.Access;

/// <summary>Why something about access was refused.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Sentence">For people, with the remedy.</param>
public sealed record AccessFault(string Code, string Sentence);
