namespace AlignOps.Models.Policies;

/// <summary>What is known of the policy at each scored token beside the token's log-probability; shaped as the log-probabilities, without a gradient.</summary>
/// <param name="Entropy">Of the next token's distribution, in nats.</param>
/// <param name="Likeliest">The scored token is the likeliest one.</param>
public sealed record PassStatistics(IReadOnlyList<float[]> Entropy, IReadOnlyList<bool[]> Likeliest);
