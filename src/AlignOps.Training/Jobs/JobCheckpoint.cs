namespace AlignOps.Training.Jobs;

/// <summary>What a training job saves for its next attempt, wherever that runs.</summary>
/// <param name="Tree">Tree digest of the checkpoint directory.</param>
internal sealed record JobCheckpoint(int Step, string Tree);
