using TorchSharp;

namespace AlignOps.Models.Torch;

/// <summary>
/// The numbers that layers compute with, held as long as the policy. TorchSharp 0.107 makes a scalar of a number in passing, also behind <c>tensor + tensor</c>,
/// and a collection may free it while libtorch still reads it: so nothing here adds with the operator.
/// </summary>
internal sealed class HeldScalars(double epsilon) : IDisposable
{
    private static readonly Scalar One = 1;

    private readonly Scalar _epsilon = epsilon;

    public static torch.Tensor Add(torch.Tensor a, torch.Tensor b) => a.add(b, One);

    public static void AddTo(torch.Tensor sum, torch.Tensor term) => sum.add_(term, One);

    public torch.Tensor AddEpsilon(torch.Tensor x)
    {
        torch.Tensor sum = x.add(_epsilon, One);
        GC.KeepAlive(this);
        return sum;
    }

    public void Dispose() => _epsilon.Dispose();
}
