namespace AlignOps.Models.Safetensors;

/// <summary>A tensor to write whose values are made when its turn comes, so that a file may be larger than memory.</summary>
/// <param name="Values">fp32, row-major, as many as the shape says.</param>
public sealed record TensorContent(string Name, IReadOnlyList<int> Shape, TensorDtype Dtype, Func<ReadOnlyMemory<float>> Values)
{
    public long Bytes => Shapes.ElementCount(Shape) * Dtype.Size();
}
