using AlignOps.Models.Cpu.Kernels;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>
/// A [rank, in] and B [out, rank] of one linear layer. Layers that share an input share one product with their A's: this pair's part of it begins at column <paramref name="slot"/>.
/// </summary>
internal sealed unsafe class LoraPair(Weight a, Weight b, float scaling, int slot)
{
    public Weight A { get; } = a;

    public Weight B { get; } = b;

    public int Rank { get; } = a.Shape[0];

    public int Slot { get; } = slot;

    /// <summary>Bᵀ: from this pair's part of s·A·x to the layer's output.</summary>
    public PackedMatrix Forward { get; } = new(a.Shape[0], b.Shape[0]);

    /// <summary>s·B: from the gradient of the output to this pair's part of the shared product, its columns where they stand in their strip.</summary>
    public PackedMatrix Backward { get; } = new(b.Shape[0], (slot % PackedMatrix.Strip) + a.Shape[0], narrow: true);

    public float Scaling { get; } = scaling;

    public void Pack()
    {
        int outputs = B.Shape[0];
        Forward.PackTransposed(B.Value.Pointer, Rank, outputs, Rank);
        Backward.Pack(B.Value.Pointer, Rank, outputs, Rank, atWidth: Slot % PackedMatrix.Strip, scale: Scaling);
    }
}
