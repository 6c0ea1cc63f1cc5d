namespace AlignOps.Pipelines.Runs;

/// <summary>Where a run stands. The order is the order of the loop: a run never moves to a lower one.</summary>
internal enum RunPhase
{
    Preparing,
    Synthesizing,
    Mixing,
    Training,
    Evaluating,
    Deciding,
    AwaitingApproval,
    Promoted,
    Rejected,
    Inconclusive,
    Failed,
}
