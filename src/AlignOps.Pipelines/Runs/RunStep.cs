using AlignOps.Pipelines.Batches;

namespace AlignOps.Pipelines.Runs;

/// <summary>What one message does to a run; all of it is committed together.</summary>
internal sealed record RunStep(RunState State, IReadOnlyList<RunCommand> Commands, IReadOnlyList<RunEvent> Events, IReadOnlyList<BatchTransition> Batches);
