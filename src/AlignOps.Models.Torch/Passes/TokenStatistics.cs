namespace AlignOps.Models.Torch.Passes;

/// <summary>Of each scored token: the entropy of the distribution it was drawn from, and whether it is the likeliest.</summary>
internal sealed record TokenStatistics(float[] Entropy, bool[] Likeliest);
