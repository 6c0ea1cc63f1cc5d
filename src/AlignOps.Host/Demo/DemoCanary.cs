namespace AlignOps.Host.Demo;

/// <summary>The fourth act: how a candidate that passed its gate fared with customers.</summary>
/// <param name="Stage">Where its deployment ended.</param>
/// <param name="BatchState">What became of the batch it had learned from.</param>
internal sealed record DemoCanary(DemoRun Run, string Stage, string Reason, DemoRollback? Rollback, string? BatchState);
