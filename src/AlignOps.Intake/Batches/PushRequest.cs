namespace AlignOps.Intake.Batches;

/// <summary>One push as it came in.</summary>
/// <param name="Name">A file name or the like, for people; empty when none was given.</param>
/// <param name="IdempotencyKey">The caller's own name for this push, or null.</param>
internal sealed record PushRequest(string Pipeline, string Name, string? Format, string? IdempotencyKey, string PushedBy, Stream Body);
