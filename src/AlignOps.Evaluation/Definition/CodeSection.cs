using AlignOps.Platform.Definitions;
using AlignOps.Rewards.Code;
using AlignOps.Rewards.Sandbox;

namespace AlignOps.Evaluation.Definition;

/// <summary><c>evaluation.code</c>: what runs answers that are programs, and what each test may use.</summary>
public sealed record CodeSection
{
    private const int MostSeconds = 600, MostMemory = 65_536, MostProcesses = 1024;

    /// <summary>The programs that read answers, by the language that items name. Left out: python3 by /usr/bin/python3.</summary>
    public IReadOnlyList<InterpreterSection> Interpreters { get; init; } = [];

    /// <summary>Processor time of a test, in seconds.</summary>
    public double CpuSeconds { get; init; } = SandboxLimits.Default.CpuSeconds;

    /// <summary>Time of a test by the clock, in seconds.</summary>
    public double WallSeconds { get; init; } = SandboxLimits.Default.WallSeconds;

    /// <summary>Memory of a test, in MiB.</summary>
    public int MemoryMib { get; init; } = (int)(SandboxLimits.Default.MemoryBytes >> 20);

    /// <summary>Processes and threads of a test at one time.</summary>
    public int Processes { get; init; } = SandboxLimits.Default.Processes;

    internal CodeSettings Settings() => new(
        Interpreters.Count == 0 ? CodeSettings.Default.Interpreters : Interpreters.ToDictionary(one => one.Language, one => one.Path, StringComparer.Ordinal),
        SandboxLimits.Default with { CpuSeconds = CpuSeconds, WallSeconds = WallSeconds, MemoryBytes = (long)MemoryMib << 20, Processes = Processes });

    internal IEnumerable<SectionFault> Validate()
    {
        for (var i = 0; i < Interpreters.Count; i++)
        {
            var (path, one) = ($"evaluation.code.interpreters[{i}]", Interpreters[i]);
            if (string.IsNullOrWhiteSpace(one.Language)) yield return new($"{path}.language", "The language has no name: give the one that items name, such as python3.");
            if (!one.Path.StartsWith('/')) yield return new($"{path}.path", $"'{one.Path}' is no full path: give one such as /usr/bin/python3, so that it is one program everywhere.");
            if (Interpreters.Take(i).Any(other => other.Language == one.Language)) yield return new($"{path}.language", $"{one.Language} has an interpreter already.");
        }

        if (!(CpuSeconds is > 0 and <= MostSeconds)) yield return new("evaluation.code.cpu_seconds", $"Give more than 0 and at most {MostSeconds} seconds.");
        if (!(WallSeconds is > 0 and <= MostSeconds)) yield return new("evaluation.code.wall_seconds", $"Give more than 0 and at most {MostSeconds} seconds.");
        if (MemoryMib is < 16 or > MostMemory) yield return new("evaluation.code.memory_mib", $"Give 16 to {MostMemory} MiB.");
        if (Processes is < 1 or > MostProcesses) yield return new("evaluation.code.processes", $"Give 1 to {MostProcesses} processes.");
    }
}
