using AlignOps.Contracts;

namespace AlignOps.Promotion.Registry;

/// <summary>A pipeline's model in production.</summary>
/// <param name="Version">Counts the changes of the champion, from 1.</param>
/// <param name="Anchor">The last model that a person certified; candidates must not fall behind it.</param>
/// <param name="HeldBy">Who put promotions on hold; null where nobody did.</param>
/// <param name="HeldHow"><c>hold</c>, or <c>rollback</c> where it came with one.</param>
internal sealed record Champion(string Pipeline, ModelRef Model, int Version, ModelRef Anchor, string Cause, string DecidedBy, DateTimeOffset Since, string? HeldBy, string? HeldReason, string? HeldHow)
{
    public const string ByHold = "hold";
    public const string ByRollback = "rollback";

    public string? Hold => HeldBy is null ? null : $"promotions are on hold since {HeldBy} {(HeldHow == ByHold ? "put them on hold" : "rolled back")}: {HeldReason}";
}
