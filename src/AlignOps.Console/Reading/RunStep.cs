namespace AlignOps.WebConsole.Reading;

/// <summary>A step of a run's timeline.</summary>
/// <param name="Status"><c>done</c>, <c>running</c>, <c>waiting</c>, <c>failed</c> or <c>pending</c>.</param>
/// <param name="From">Unix milliseconds; null before it began.</param>
/// <param name="Fraction">In [0, 1], where it is known.</param>
public sealed record RunStep(string Name, string Status, long? From, long? To, double? Fraction, string? Note, long Attempt = 1);
