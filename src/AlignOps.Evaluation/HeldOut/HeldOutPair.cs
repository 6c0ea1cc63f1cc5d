namespace AlignOps.Evaluation.HeldOut;

/// <summary>Two answers of held-out feedback, or one that was to be imitated.</summary>
/// <param name="Cluster">Pairs of one prompt are not independent; null where the pair's prompts are in no other.</param>
/// <param name="Disliked">Null for a demonstration: it is compared with nothing but itself.</param>
internal sealed record HeldOutPair(string Id, string? Cluster, HeldOutAnswer Liked, HeldOutAnswer? Disliked)
{
    public string Question => Liked.Prompt[^1].Content;
}
