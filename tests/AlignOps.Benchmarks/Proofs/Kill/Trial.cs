namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>One kill: when, and what it came to.</summary>
/// <param name="Group">The row of the table it counts in.</param>
/// <param name="Good">Whether the batch is one that is promoted when nothing is killed.</param>
/// <param name="Kind">Kill right after this; null: after <paramref name="Delay"/>.</param>
/// <param name="Everything">Kill every process, not only the one whose change it was.</param>
internal sealed record Trial(string Group, bool Good, string? Kind, TimeSpan Delay, bool Everything);

/// <summary>What a trial came to.</summary>
/// <param name="Killed">The processes killed; empty where the moment did not come.</param>
/// <param name="Ready">Seconds from the kill until every process was ready again.</param>
/// <param name="Recovered">Seconds from the kill until the batch had its final state and nothing was left to do.</param>
internal sealed record TrialResult(IReadOnlyList<string> Killed, string BatchId, string FinalState, double Ready, double Recovered);
