namespace AlignOps.Models.Checkpoints;

/// <summary>A tensor to write: its name in the file, its shape, and its values row-major in fp32.</summary>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
