using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AlignOps.Benchmarks.Deployments;

/// <summary>One operating-system process of <c>alignops up</c>, watched and killed from outside.</summary>
internal sealed class AlignOpsProcess : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process _process;
    private readonly string _log;

    private AlignOpsProcess(Process process, Uri url, string log) => (_process, Url, _log) = (process, url, log);

    public Uri Url { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program with these arguments on a loopback port, a free one unless named; its output goes to <paramref name="log"/>.</summary>
    public static AlignOpsProcess Start(IEnumerable<string> arguments, string log, int? reused = null)
    {
        var port = reused ?? FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(typeof(AlignOps.Host.Cli.ExitCode).Assembly.Location);
        start.ArgumentList.Add("up");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add("--port");
        start.ArgumentList.Add(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        Keep(process.StandardOutput, log + ".out");
        Keep(process.StandardError, log + ".err");
        return new AlignOpsProcess(process, new Uri($"http://127.0.0.1:{port}"), log);
    }

    /// <summary>Returns when the process says it is ready; throws with its last words when it exits instead.</summary>
    public async Task WaitReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"alignops exited with {_process.ExitCode}: {LastWords()}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(Url, "/healthz/ready"), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
            {
                // Not listening yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary><c>kill -9</c>: no handler runs, no buffer is flushed. Does not wait for the end.</summary>
    public void Signal()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <summary><c>kill -9</c>, and the process is gone.</summary>
    public void Kill()
    {
        Signal();
        _process.WaitForExit();
    }

    public string LastWords() => string.Join('\n', new[] { _log + ".out", _log + ".err" }.Where(File.Exists).SelectMany(ReadShared).TakeLast(12));

    public void Dispose()
    {
        // Below a supervisor there is one more.
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        Kill();
        _process.Dispose();
    }

    private static void Keep(StreamReader reader, string file) => _ = Task.Run(async () =>
    {
        await using var writer = new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(line);
        }
    });

    private static IEnumerable<string> ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
