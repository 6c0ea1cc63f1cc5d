namespace AlignOps.Rewards;

/// <summary>What a verifier found.</summary>
/// <param name="Score">In [0, 1], higher is better; null when the answer could not be judged.</param>
/// <param name="Checks">Each applicable behaviour and whether the answer showed it, such as <c>polite</c> → true.</param>
/// <param name="UnscoredReason">Why there is no score; null when there is one.</param>
public sealed record Verification(double? Score, IReadOnlyDictionary<string, bool> Checks, string? UnscoredReason = null)
{
    private static readonly IReadOnlyDictionary<string, bool> None = new Dictionary<string, bool>();

    /// <summary>How a program ended that was run for it, such as <c>timed-out: …</c>; null for verifiers that run none.</summary>
    public string? Note { get; init; }

    public static Verification Unscored(string reason) => new(null, None, reason);

    /// <summary>Every applicable behaviour is shown.</summary>
    public bool Passes => Score is not null && Checks.Values.All(shown => shown);
}
