namespace AlignOps.Training.Raft;

/// <summary>A finished round.</summary>
/// <param name="Loss">Of its last step.</param>
internal sealed record RoundResult(RoundReport Report, int Steps, long Tokens, double Loss);
