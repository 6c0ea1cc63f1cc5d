namespace AlignOps.Models.Merging;

/// <param name="Merged">Linear layers that the adapter changed.</param>
/// <param name="Tensors">All tensors written.</param>
/// <param name="Bytes">Of the weights.</param>
/// <param name="WeightFiles">By name, in order.</param>
/// <param name="Copied">Files taken over from the base as they were.</param>
public sealed record MergeReport(int Merged, int Tensors, long Bytes, IReadOnlyList<string> WeightFiles, IReadOnlyList<string> Copied, ParityReport Parity);
