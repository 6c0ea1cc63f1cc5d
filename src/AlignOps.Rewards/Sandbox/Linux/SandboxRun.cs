using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>One program under way: its outputs are read, its use is watched, and it is ended when a limit is met.</summary>
internal sealed class SandboxRun(Process process, SandboxLimits limits)
{
    private const int Kill = 9;

    /// <summary>What unshare says when its child was killed: no word of the program.</summary>
    private const string LauncherSays = "unshare: sigprocmask unblock failed: Invalid argument\n";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _outputBytes;
    private double _cpu;
    private long _memory;
    private int _tasks;

    /// <summary>The limit that ended it; null where none did.</summary>
    public SandboxOutcome? Stopped { get; private set; }

    public SandboxUsage Usage => new(Stopwatch.GetElapsedTime(_started).TotalSeconds, _cpu, _memory, _tasks);

    /// <summary>Standard output and standard error, when all of the sandbox has ended.</summary>
    public async Task<(string Output, string Error)> FinishAsync(CancellationToken cancellationToken)
    {
        Task<byte[]> output = DrainAsync(process.StandardOutput.BaseStream), error = DrainAsync(process.StandardError.BaseStream);
        var ended = process.WaitForExitAsync(CancellationToken.None);
        while (await Task.WhenAny(ended, Task.Delay(Look, CancellationToken.None)) != ended)
        {
            if (Met(ProcessTree.Below(process.Id)) is { } limit)
            {
                Stopped ??= limit;
            }

            if (Stopped is not null || cancellationToken.IsCancellationRequested)
            {
                End();
            }
        }

        var texts = (Encoding.UTF8.GetString(await output), Encoding.UTF8.GetString(await error).Replace(LauncherSays, "", StringComparison.Ordinal));
        cancellationToken.ThrowIfCancellationRequested();
        if (_outputBytes > limits.OutputBytes)
        {
            Stopped ??= SandboxOutcome.TooMuchOutput;
        }

        return texts;
    }

    private SandboxOutcome? Met(ProcessTree tree)
    {
        (_cpu, _memory, _tasks) = (Math.Max(_cpu, tree.CpuSeconds), Math.Max(_memory, tree.MemoryBytes), Math.Max(_tasks, tree.Tasks));

        // A bomb of forks complains and computes without end too: what it is comes first.
        return _tasks > limits.Processes ? SandboxOutcome.TooManyProcesses
            : tree.MemoryBytes > limits.MemoryBytes ? SandboxOutcome.OutOfMemory
            : Volatile.Read(ref _outputBytes) > limits.OutputBytes ? SandboxOutcome.TooMuchOutput
            : tree.CpuSeconds > limits.CpuSeconds || Stopwatch.GetElapsedTime(_started).TotalSeconds > limits.WallSeconds ? SandboxOutcome.TimedOut
            : null;
    }

    /// <summary>The end of a namespace's first process is the end of every process in it, whatever they are doing.</summary>
    private void End()
    {
        if (ProcessTree.Below(process.Id).First is > 0 and var first)
        {
            _ = Signal(first, Kill);
        }
        else
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Reads to the end, so that nothing waits for a full pipe, and keeps what is allowed.</summary>
    private async Task<byte[]> DrainAsync(Stream stream)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            if (Interlocked.Add(ref _outputBytes, read) <= limits.OutputBytes)
            {
                kept.Write(buffer, 0, read);
            }
        }

        return kept.ToArray();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
