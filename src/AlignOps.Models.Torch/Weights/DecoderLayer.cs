using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>One block: x += o(attention(q, k, v of norm(x))); x += down(silu(gate)·up of norm(x)).</summary>
/// <param name="QueryNorm">γ of every query head's own norm, where there is one.</param>
internal sealed record DecoderLayer(
    torch.Tensor InputNorm, Projection Query, Projection Key, Projection Value, Projection Output,
    torch.Tensor MlpNorm, Projection Gate, Projection Up, Projection Down, torch.Tensor? QueryNorm, torch.Tensor? KeyNorm);
