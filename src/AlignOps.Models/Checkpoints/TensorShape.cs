namespace AlignOps.Models.Checkpoints;

/// <summary>A tensor's name in a file and the shape it must have.</summary>
public sealed record TensorShape(string Name, IReadOnlyList<int> Shape);
