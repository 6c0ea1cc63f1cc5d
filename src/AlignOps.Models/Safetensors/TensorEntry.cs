namespace AlignOps.Models.Safetensors;

/// <summary>Where one tensor stands in a safetensors file.</summary>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte.</param>
public sealed record TensorEntry(string Name, TensorDtype Dtype, IReadOnlyList<int> Shape, long Begin, long End)
{
    public long ElementCount => (End - Begin) / Dtype.Size();
}
