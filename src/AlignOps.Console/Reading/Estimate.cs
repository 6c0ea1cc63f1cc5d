namespace AlignOps.WebConsole.Reading;

/// <summary>A figure with its 95 % interval.</summary>
public sealed record Estimate(double Value, double Lower, double Upper);
