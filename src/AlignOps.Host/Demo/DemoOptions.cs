namespace AlignOps.Host.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Seed">Draws the feedback and the samples; the base model is the same for all seeds.</param>
/// <param name="Data">State folder; the trained base is kept there for the next time.</param>
internal sealed record DemoOptions(long Seed, string Data, string? Json, bool Keep);
