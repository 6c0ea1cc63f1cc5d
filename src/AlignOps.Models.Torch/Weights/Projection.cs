using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>A linear layer, with its adapter where it has one: y = xWᵀ + b + s·(xAᵀ)Bᵀ (Hu et al. 2021).</summary>
internal sealed record Projection(torch.Tensor Weight, torch.Tensor? Bias, torch.Tensor? A, torch.Tensor? B, HeldScalars Scalars)
{
    /// <summary>[…, in] to […, out].</summary>
    public torch.Tensor Apply(torch.Tensor x)
    {
        torch.Tensor y = torch.nn.functional.linear(x, Weight, Bias);
        return A is null ? y : HeldScalars.Add(y, Scalars.Scale(torch.nn.functional.linear(torch.nn.functional.linear(x, A), B!)));
    }
}
