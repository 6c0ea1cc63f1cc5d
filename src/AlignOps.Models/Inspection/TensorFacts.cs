namespace AlignOps.Models.Inspection;

/// <summary>A tensor as it stands in its file.</summary>
public sealed record TensorFacts(string Name, string Dtype, IReadOnlyList<int> Shape);
