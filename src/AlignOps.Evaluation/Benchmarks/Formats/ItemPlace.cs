namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>An item's id, slice and cluster, read alike in all formats.</summary>
internal sealed record ItemPlace(string Id, string Slice, string? Cluster);
