namespace AlignOps.Tests.Evaluation.Benchmarks.Closed;

/// <summary>A value computed here beside the one of closed.json.</summary>
internal readonly record struct Comparison(string What, double Ours, double Theirs)
{
    /// <summary>Relative to the larger of the value and 1.</summary>
    public double Error => Math.Abs(Ours - Theirs) / Math.Max(1, Math.Abs(Theirs));
}
