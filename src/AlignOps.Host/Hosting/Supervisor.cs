using System.Diagnostics;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Hosting;

/// <summary>
/// Runs this program as a process below itself and starts it again when it ends: after its watchdog's exit code 70 as after a crash. For machines without
/// systemd or a container engine, which do the same.
/// </summary>
internal sealed class Supervisor(TimeProvider time, Action<string> say)
{
    /// <summary>Set for the process below: it stops when its standard input ends, so that it never outlives this one.</summary>
    public const string Variable = "ALIGNOPS_SUPERVISED";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stood = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <summary>Returns when it is told to stop, when the process ends by itself and well, or when its settings never let it start.</summary>
    public async Task<int> RunAsync(ProcessStartInfo program, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var everStarted = false;
        while (true)
        {
            var started = time.GetTimestamp();
            using var process = Process.Start(program) ?? throw new IOException("The process could not be started.");
            say($"process {process.Id} starts");
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return await StopAsync(process);
            }

            // A start that is refused before any has stood is a wrong setting, and would be refused again.
            everStarted |= process.ExitCode != ExitCode.Usage;
            if (process.ExitCode is ExitCode.Success or ExitCode.Interrupted || !everStarted)
            {
                return process.ExitCode;
            }

            pause = time.GetElapsedTime(started) > Stood ? FirstPause : pause;
            say($"process {process.Id} ended with {process.ExitCode}; it starts again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Success;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>This program with the arguments it was started with, but for <c>--supervise</c>.</summary>
    public static ProcessStartInfo ThisProgram()
    {
        var path = Environment.ProcessPath ?? throw new IOException("This system does not tell where this program lies.");
        var start = new ProcessStartInfo(path) { RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(path) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Supervisor).Assembly.Location);
        }

        foreach (var argument in Environment.GetCommandLineArgs().Skip(1).Where(argument => argument != "--supervise"))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = "1";
        return start;
    }

    /// <summary>Cancelled when the supervisor above is gone or asks for the end; never in a process that has none.</summary>
    public static CancellationTokenSource Linked(CancellationToken cancellationToken)
    {
        var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            _ = Task.Run(async () =>
            {
                await Console.OpenStandardInput().CopyToAsync(Stream.Null, CancellationToken.None);
                await linked.CancelAsync();
            }, CancellationToken.None);
        }

        return linked;
    }

    private static async Task<int> StopAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return ExitCode.Failed;
        }
    }
}
