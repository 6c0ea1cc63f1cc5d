namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>Training steps of one decoder over one sequence: ours and the fastest peer's, tokens a second.</summary>
internal sealed record ScalingPoint(string Shape, int Tokens, int Threads, double Ours, double PyTorch, string Peer)
{
    public double Ratio => Ours / PyTorch;
}
