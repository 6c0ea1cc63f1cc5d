namespace AlignOps.Contracts.Evidence;

/// <summary>What a candidate has to beat to be worth its training: its base, untrained, behind a fixed prompt.</summary>
/// <param name="Kind"><c>urial</c>.</param>
/// <param name="PromptDigest">SHA-256 of the prompt's fixed part.</param>
/// <param name="Items">Items that it answered, one draw each.</param>
public sealed record EvidenceBaseline(string Kind, string PromptDigest, ModelRef Model, int Items);
