using AlignOps.Contracts;

namespace AlignOps.Promotion.Registry;

/// <summary>A change of the champion, with who decided it and why.</summary>
/// <param name="Restores">The version that a rollback brings back.</param>
internal sealed record ChampionChange(
    string Pipeline, ModelRef Model, string Cause, string DecidedBy, string Reason, string? RunId = null, string? RecordDigest = null, int? Restores = null)
{
    /// <summary>A person certifies the model: it becomes the anchor too.</summary>
    public bool SetsAnchor => Cause == ChampionCause.Certified;

    /// <summary>A person went back: automation may not go forward again by itself.</summary>
    public bool Holds => Cause == ChampionCause.Rollback;
}
