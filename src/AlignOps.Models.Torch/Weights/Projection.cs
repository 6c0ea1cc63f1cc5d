using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>A linear layer, with its adapter where it has one: y = xWᵀ + b + s·(xAᵀ)Bᵀ (Hu et al. 2021).</summary>
/// <param name="Scaling">s, held by the weights' store.</param>
internal sealed record Projection(torch.Tensor Weight, torch.Tensor? Bias, torch.Tensor? A, torch.Tensor? B, Scalar? Scaling)
{
    /// <summary>[…, in] to […, out].</summary>
    /// <param name="mask">What x is multiplied by on its way into the adapter; null for nothing.</param>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor? mask)
    {
        torch.Tensor y = torch.nn.functional.linear(x, Weight, Bias);
        if (A is null)
        {
            return y;
        }

        torch.Tensor low = torch.nn.functional.linear(mask is null ? x : x * mask, A);
        torch.Tensor sum = HeldScalars.Add(y, torch.nn.functional.linear(low, B!).mul(Scaling!));
        GC.KeepAlive(this);
        return sum;
    }
}
