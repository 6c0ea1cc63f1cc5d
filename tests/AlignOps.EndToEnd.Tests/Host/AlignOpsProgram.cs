using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using AlignOps.Host.Cli;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>The real program as a process of its own, as a user starts it.</summary>
internal sealed partial class AlignOpsProgram : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _errors = new();

    private AlignOpsProgram(Process process) => _process = process;

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public static AlignOpsProgram Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <param name="settings">Environment variables.</param>
    private static AlignOpsProgram Start(IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        // A test run in the background ignores SIGINT, and a process inherits that: the program gets it back.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["--default-signal=INT", "dotnet", typeof(ExitCode).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ALIGNOPS_KEY");
        start.Environment.Remove("ALIGNOPS_SERVER");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var program = new AlignOpsProgram(new Process { StartInfo = start });
        program._process.OutputDataReceived += (_, line) => program._output.Add(line.Data);
        program._process.ErrorDataReceived += (_, line) => program._errors.Add(line.Data);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Starts <c>up</c> on a free port and returns once it says where it answers.</summary>
    public static async Task<(AlignOpsProgram Program, string Url)> UpAsync(
        string data, string pipelines, IReadOnlyDictionary<string, string>? settings = null, params string[] more)
    {
        var program = Start(settings ?? new Dictionary<string, string>(), ["up", "--data", data, "--pipelines", pipelines, "--port", "0", .. more]);
        var line = await program.WaitForOutputAsync("AlignOps answers at ");
        return (program, Address().Match(line).Value);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <param name="settings">Environment variables.</param>
    public static async Task<ProgramResult> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using var program = Start(settings, arguments);
        return await program.EndAsync();
    }

    /// <summary>The first line of standard output that contains this; fails when the program ends without it.</summary>
    public Task<string> WaitForOutputAsync(string text) => _output.WaitAsync(text, this).WaitAsync(Limit);

    public void PressCtrlC() => Assert.Equal(0, Kill(_process.Id, Interrupt));

    public async Task<ProgramResult> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return new ProgramResult(_process.ExitCode, Output, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex("http://[^ ]+")]
    private static partial Regex Address();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    /// <summary>What came out so far, and who waits for a line of it.</summary>
    private sealed class Lines
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private readonly List<string> _lines = [];
        private bool _ended;
        private (string Text, TaskCompletionSource<string?> Seen)? _wanted;

        public void Add(string? line)
        {
            lock (_lock)
            {
                if (line is null)
                {
                    _ended = true;
                    _wanted?.Seen.TrySetResult(null);
                    return;
                }

                _lines.Add(line);
                _text.AppendLine(line);
                if (_wanted is { } wanted && line.Contains(wanted.Text, StringComparison.Ordinal))
                {
                    wanted.Seen.TrySetResult(line);
                }
            }
        }

        public async Task<string> WaitAsync(string text, AlignOpsProgram program)
        {
            Task<string?> seen;
            lock (_lock)
            {
                if (_lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } there)
                {
                    return there;
                }

                var source = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_ended)
                {
                    source.SetResult(null);
                }

                _wanted = (text, source);
                seen = source.Task;
            }

            return await seen ?? throw new InvalidOperationException($"The program ended before it said '{text}':\n{program.Output}{program.Errors}");
        }

        public override string ToString()
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }
}
