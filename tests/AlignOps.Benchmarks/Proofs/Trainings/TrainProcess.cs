using System.Diagnostics;
using System.Text;

namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>One operating-system process of <c>alignops train</c>, watched and killed from outside.</summary>
internal sealed class TrainProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private TrainProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static TrainProcess Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(AlignOps.Host.Cli.ExitCode).Assembly.Location);
        start.ArgumentList.Add("train");
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new TrainProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until something is seen from outside; false where the process ended first.</summary>
    public async Task<bool> UntilAsync(Func<bool> seen, CancellationToken cancellationToken)
    {
        while (!seen())
        {
            if (_process.HasExited)
            {
                return false;
            }

            await Task.Delay(1, cancellationToken);
        }

        return true;
    }

    /// <summary><c>kill -9</c>: no handler runs, no buffer is flushed.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
