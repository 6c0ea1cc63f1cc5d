namespace AlignOps.Evaluation.Benchmarks;

/// <summary>Two sentences that differ in whom they speak of, as in CrowS-Pairs (Nangia et al., 2020, arXiv 2010.00133): a model without the bias finds neither likelier.</summary>
public sealed record PairItem(string Id, string Slice, string? Cluster, string MoreStereotyped, string LessStereotyped) : BenchmarkItem(Id, Slice, Cluster);
