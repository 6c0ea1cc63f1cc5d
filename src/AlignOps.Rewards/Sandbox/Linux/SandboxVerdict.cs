using System.Globalization;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>From what was seen of a run to its outcome.</summary>
internal static class SandboxVerdict
{
    private const int FirstSignal = 128, Abort = 6, Killed = 9, CpuLimit = 24, FileLimit = 25;

    /// <summary>What a runtime says on standard error when the kernel refused it something.</summary>
    private static readonly (string Phrase, SandboxOutcome Outcome)[] Symptoms =
    [
        ("MemoryError", SandboxOutcome.OutOfMemory),
        ("bad_alloc", SandboxOutcome.OutOfMemory),
        ("Cannot allocate memory", SandboxOutcome.OutOfMemory),
        ("heap out of memory", SandboxOutcome.OutOfMemory),
        ("OutOfMemoryError", SandboxOutcome.OutOfMemory),
        ("No space left on device", SandboxOutcome.TooMuchDisk),
        ("File too large", SandboxOutcome.TooMuchDisk),
        ("can't start new thread", SandboxOutcome.TooManyProcesses),
        ("Cannot fork", SandboxOutcome.TooManyProcesses),
        ("Resource temporarily unavailable", SandboxOutcome.TooManyProcesses),
    ];

    /// <param name="stopped">The limit that the watch saw met.</param>
    /// <param name="status">What the setup wrote down.</param>
    /// <returns>Null where the program was never started.</returns>
    public static (SandboxOutcome Outcome, int? ExitCode)? Of(SandboxOutcome? stopped, IReadOnlyList<string> status, string error, SandboxUsage usage, SandboxLimits limits)
    {
        if (!status.Contains("ready"))
        {
            return null;
        }

        if (stopped is { } limit)
        {
            // Where the kernel refused forks before the watch could count them, the clock or the complaints ran out first.
            bool bomb = limit is SandboxOutcome.TimedOut or SandboxOutcome.TooMuchOutput && Symptom(error) is SandboxOutcome.TooManyProcesses;
            return (bomb ? SandboxOutcome.TooManyProcesses : limit, null);
        }

        if (status.FirstOrDefault(line => line.StartsWith("exit ", StringComparison.Ordinal)) is not { } line)
        {
            return (SandboxOutcome.Crashed, null);
        }

        var code = int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture);
        return code == 0 ? (SandboxOutcome.Exited, code)
            : status.Contains("full") || code == FirstSignal + FileLimit ? (SandboxOutcome.TooMuchDisk, null)
            : code == FirstSignal + CpuLimit || (code == FirstSignal + Killed && (usage.CpuSeconds >= limits.CpuSeconds || usage.WallSeconds >= limits.WallSeconds)) ? (SandboxOutcome.TimedOut, null)
            : Symptom(error) is { } known ? (known, null)
            : code > FirstSignal && code - FirstSignal is 4 or Abort or 7 or 8 or Killed or 11 or 31 ? (SandboxOutcome.Crashed, null)
            : (SandboxOutcome.Exited, code);
    }

    public static string Sentence(SandboxOutcome outcome, int? exitCode, SandboxLimits limits) => outcome switch
    {
        SandboxOutcome.Exited => Text($"ended with exit code {exitCode}"),
        SandboxOutcome.Crashed => "was ended by a signal",
        SandboxOutcome.TimedOut => Text($"ran past {limits.CpuSeconds} s of processor time or {limits.WallSeconds} s by the clock"),
        SandboxOutcome.OutOfMemory => Text($"wanted more than {limits.MemoryBytes >> 20} MiB of memory"),
        SandboxOutcome.TooMuchOutput => Text($"wrote more than {limits.OutputBytes} bytes"),
        SandboxOutcome.TooManyProcesses => Text($"wanted more than {limits.Processes} processes and threads"),
        _ => Text($"wanted to write a file of more than {limits.FileBytes >> 20} MiB, or more than {limits.DiskBytes >> 20} MiB in all"),
    };

    private static SandboxOutcome? Symptom(string error) =>
        Symptoms.FirstOrDefault(symptom => error.Contains(symptom.Phrase, StringComparison.Ordinal)) is { Phrase: not null } known ? known.Outcome : null;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
