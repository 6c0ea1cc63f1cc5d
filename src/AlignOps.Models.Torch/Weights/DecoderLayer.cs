using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>One block: x += o(attention(q, k, v of norm(x))); x += down(silu(gate)·up of norm(x)).</summary>
internal sealed record DecoderLayer(
    torch.Tensor InputNorm, Projection Query, Projection Key, Projection Value, Projection Output,
    torch.Tensor MlpNorm, Projection Gate, Projection Up, Projection Down);
