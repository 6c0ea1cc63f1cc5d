namespace AlignOps.Rewards.Sandbox;

/// <summary>What a program may use. Each holds for the program and all that it starts together, but where a remark says otherwise.</summary>
public sealed record SandboxLimits
{
    public static SandboxLimits Default { get; } = new();

    /// <summary>Processor time.</summary>
    public double CpuSeconds { get; init; } = 5;

    /// <summary>Time by the clock; longer than the processor time, so that a busy machine does not fail a program.</summary>
    public double WallSeconds { get; init; } = 15;

    /// <summary>Resident memory in bytes. A single process may reserve twice as much and half a gibibyte: interpreters reserve what they never touch.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Processes and threads at one time.</summary>
    public int Processes { get; init; } = 32;

    /// <summary>Largest single file in bytes.</summary>
    public long FileBytes { get; init; } = 16L << 20;

    /// <summary>All files in the working directory together, in bytes.</summary>
    public long DiskBytes { get; init; } = 64L << 20;

    /// <summary>Standard output and standard error together, in bytes.</summary>
    public int OutputBytes { get; init; } = 1 << 20;

    /// <summary>The most bytes that one process may reserve.</summary>
    internal long AddressBytes => checked(MemoryBytes * 2 + (512L << 20));
}
