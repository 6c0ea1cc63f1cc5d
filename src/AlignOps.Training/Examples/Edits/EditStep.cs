namespace AlignOps.Training.Examples.Edits;

/// <summary>A stretch of the source and what stands for it in the target; either may be empty.</summary>
/// <param name="SourceStart">First item of the source.</param>
/// <param name="TargetStart">First item of the target.</param>
internal readonly record struct EditStep(EditKind Kind, int SourceStart, int SourceCount, int TargetStart, int TargetCount);
