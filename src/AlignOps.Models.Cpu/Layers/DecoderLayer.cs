namespace AlignOps.Models.Cpu.Layers;

/// <summary>One block: x += o(attention(q, k, v of norm(x))); x += down(silu(gate)·up of norm(x)).</summary>
internal sealed record DecoderLayer(
    Weight InputNorm, ProjectionGroup Attention, ProjectionGroup Output, Weight MlpNorm, ProjectionGroup GateUp, ProjectionGroup Down)
{
    public IEnumerable<ProjectionGroup> Groups => [Attention, Output, GateUp, Down];
}
