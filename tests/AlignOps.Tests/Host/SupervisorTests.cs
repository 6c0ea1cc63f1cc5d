using System.Diagnostics;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;

namespace AlignOps.Tests.Host;

public sealed class SupervisorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_ProcessAsksForARestart_IsStartedAgainUntilItEndsWell()
    {
        // Ends with 70 the first time and well the second.
        var code = await SuperviseAsync($"if [ -e {_folder}/seen ]; then exit 0; fi; touch {_folder}/seen; exit {ExitCode.Restart}", CancellationToken.None);

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(2, _said.Count(line => line.EndsWith("starts", StringComparison.Ordinal)));
        Assert.Single(_said, line => line.Contains("ended with 70", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_SettingsThatNeverWork_AreNotTriedAgain()
    {
        Assert.Equal(ExitCode.Usage, await SuperviseAsync($"exit {ExitCode.Usage}", CancellationToken.None));
        Assert.Single(_said);
    }

    [Fact]
    public async Task RunAsync_ToldToStop_EndsTheProcessByItsInputAndWaitsForIt()
    {
        using var stop = new CancellationTokenSource();
        var running = SuperviseAsync($"touch {_folder}/up; cat > /dev/null; touch {_folder}/ended; exit 0", stop.Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(Path.Combine(_folder, "up")))
        {
            await Task.Delay(10, limit.Token);
        }

        await stop.CancelAsync();

        Assert.Equal(ExitCode.Success, await running);
        Assert.True(File.Exists(Path.Combine(_folder, "ended")));
    }

    private Task<int> SuperviseAsync(string script, CancellationToken cancellationToken) =>
        new Supervisor(TimeProvider.System, _said.Add).RunAsync(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardInput = true }, cancellationToken);
}
