using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>One tensor of a policy, row-major, with its gradient where it is trained.</summary>
/// <param name="room">Memory that the values may have for as long as they are needed; null gives them their own.</param>
internal sealed class Weight(string name, IReadOnlyList<int> shape, bool trained, AlignedBuffer? room = null)
{
    public string Name { get; } = name;

    public int[] Shape { get; } = [.. shape];

    public AlignedBuffer Value { get; } = room?.First(Elements(shape)) ?? new(Elements(shape));

    public AlignedBuffer? Gradient { get; } = trained ? new AlignedBuffer(Elements(shape)) : null;

    public TrainableParameter Parameter() =>
        new(Name, Shape, Value.Memory, Gradient!.Memory, Decays: Shape.Length > 1);

    public NamedTensor Tensor() => new(Name, Shape, Value.Memory);

    public static long Elements(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
