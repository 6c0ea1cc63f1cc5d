namespace AlignOps.Pipelines.Runs;

/// <summary>One line of a run's history, as people read it.</summary>
internal sealed record RunEvent(int Sequence, string Kind, string Detail);
