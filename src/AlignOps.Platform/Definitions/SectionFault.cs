namespace AlignOps.Platform.Definitions;

/// <summary>One fault of a pipeline.yaml, with where and what to do.</summary>
/// <param name="Path">Dotted key path, such as <c>training.learning_rate</c>.</param>
/// <param name="Sentence">What is wrong and the remedy.</param>
/// <param name="Line">1-based; 0 where unknown.</param>
public sealed record SectionFault(string Path, string Sentence, int Line = 0, int Column = 0);
