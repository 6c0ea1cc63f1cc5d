namespace AlignOps.Models.Cpu.Layers;

/// <summary>One block: x += o(attention(q, k, v of norm(x))); x += down(silu(gate)·up of norm(x)).</summary>
/// <param name="QueryNorm">γ of every query head's own norm, where there is one.</param>
/// <param name="Window">Positions that a token sees, itself included.</param>
internal sealed record DecoderLayer(
    Weight InputNorm, ProjectionGroup Attention, ProjectionGroup Output, Weight MlpNorm, ProjectionGroup GateUp, ProjectionGroup Down,
    Weight? QueryNorm, Weight? KeyNorm, int Window)
{
    public IEnumerable<ProjectionGroup> Groups => [Attention, Output, GateUp, Down];
}
