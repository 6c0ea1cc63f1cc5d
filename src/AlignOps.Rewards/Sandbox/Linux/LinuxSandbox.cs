using System.Diagnostics;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>
/// A sandbox of what every Linux has: namespaces (user, mount, process, network, IPC, host name, cgroup), a file tree of its own, a filter of system calls, no rights, the
/// kernel's limits, and a watch over all processes. No privileges are needed where users may make namespaces, and none are used.
/// </summary>
public sealed class LinuxSandbox : ISandbox
{
    // The first process that .NET starts makes the thread that hears of ended children; it must not be made under a filter.
    private static readonly Lazy<bool> ProcessesStartedOnce = new(() =>
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", ":"]));
        process?.WaitForExit();
        return true;
    });

    private readonly Lazy<SandboxProtection> _protection;
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount));

    public LinuxSandbox() => _protection = new Lazy<SandboxProtection>(() => SandboxProbe.RunAsync(ProbeAsync).GetAwaiter().GetResult());

    /// <summary>The one of this process: what it found out about the machine holds for all.</summary>
    public static LinuxSandbox Shared { get; } = new();

    public SandboxProtection Protection => _protection.Value;

    public async Task<SandboxResult> RunAsync(SandboxProgram program, SandboxLimits limits, CancellationToken cancellationToken)
    {
        if (Protection.Refusal is { } refusal)
        {
            return SandboxResult.Refused(refusal);
        }

        if (!SandboxLauncher.IsShown(program.Interpreter))
        {
            return SandboxResult.Refused($"interpreter-missing: {program.Interpreter} is not installed, or not in a folder that can be shown: name one in /usr/bin, /usr/local/bin or /opt/…/bin.");
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            var (status, run, output, error) = await StartAsync(program, limits, cancellationToken);
            return SandboxVerdict.Of(run.Stopped, status, error, run.Usage, limits) is var (outcome, exitCode)
                ? new SandboxResult(outcome, SandboxVerdict.Sentence(outcome, exitCode, limits), exitCode, output, error, run.Usage)
                : SandboxResult.Refused($"cannot-start: {(error.Trim() is { Length: > 0 } said ? said : status.LastOrDefault() ?? "the sandbox could not be built.")}");
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<(IReadOnlyList<string> Status, SandboxOutcome? Outcome, string Output, string Error)> ProbeAsync(SandboxProgram program)
    {
        var (status, run, output, error) = await StartAsync(program, SandboxLimits.Default, CancellationToken.None);
        return (status, SandboxVerdict.Of(run.Stopped, status, error, run.Usage, SandboxLimits.Default)?.Outcome, output, error);
    }

    private static async Task<(IReadOnlyList<string> Status, SandboxRun Run, string Output, string Error)> StartAsync(SandboxProgram program, SandboxLimits limits, CancellationToken cancellationToken)
    {
        _ = ProcessesStartedOnce.Value;
        using var folder = new JobFolder(program, SandboxLauncher.Owner);
        using var process = FilteredStart.Start(SandboxLauncher.Command(folder, program, limits), SyscallNumbers.Here!)
            ?? throw new IOException("The kernel has no filters of system calls (seccomp).");
        process.StandardInput.Close();
        var run = new SandboxRun(process, limits);
        var (output, error) = await run.FinishAsync(cancellationToken);
        return (folder.Status(), run, output, error);
    }
}
