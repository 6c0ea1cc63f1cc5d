namespace AlignOps.Rewards.Sandbox;

/// <summary>What a program used, as it was looked at some fifty times a second.</summary>
/// <param name="MemoryBytes">Most resident memory of all its processes.</param>
/// <param name="Processes">Most processes and threads.</param>
public sealed record SandboxUsage(double WallSeconds, double CpuSeconds, long MemoryBytes, int Processes);
