using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>Per group of a block, the shared product of its adapters, s·A·x, or that product's gradient. Empty where the group has no adapter.</summary>
internal readonly record struct GroupProducts(Matrix Attention, Matrix Output, Matrix GateUp, Matrix Down)
{
    public static GroupProducts Rent(Arena arena, DecoderLayer layer, int rows)
    {
        return new GroupProducts(For(layer.Attention), For(layer.Output), For(layer.GateUp), For(layer.Down));

        Matrix For(ProjectionGroup group) => group.AdapterWidth > 0 ? arena.Rent(rows, group.AdapterWidth) : default;
    }

    public GroupProducts Slice(int first, int rows) =>
        new(Attention.Slice(first, rows), Output.Slice(first, rows), GateUp.Slice(first, rows), Down.Slice(first, rows));
}
