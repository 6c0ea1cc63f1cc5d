using System.Diagnostics;

namespace AlignOps.Benchmarks.Deployments;

/// <summary>A PostgreSQL and a RabbitMQ of this proof's own, by <c>tests/servers.sh</c>; gone when disposed.</summary>
internal sealed class PrivateServers : IDisposable
{
    private readonly string _folder;

    private PrivateServers(string folder, string postgres, string rabbit) => (_folder, Postgres, Rabbit) = (folder, postgres, rabbit);

    /// <summary>An Npgsql connection string that may create databases.</summary>
    public string Postgres { get; }

    /// <summary>An <c>amqp://</c> address.</summary>
    public string Rabbit { get; }

    public static PrivateServers Start(string folder)
    {
        var exports = Run("start", folder)
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''));
        return new PrivateServers(folder, exports["ALIGNOPS_TEST_POSTGRES"], exports["ALIGNOPS_TEST_RABBITMQ"]);
    }

    /// <summary>Stops the broker where it stands, as a machine that hangs does: its connections stay open and silent.</summary>
    public void PauseBroker() => Signal("STOP");

    public void ResumeBroker() => Signal("CONT");

    private void Signal(string signal)
    {
        var top = File.ReadAllText(Path.Combine(_folder, "rabbitmq.pid")).Trim();
        using var kill = Process.Start("bash", ["-c", $"below() {{ echo $1; for child in $(pgrep -P $1); do below $child; done; }}; kill -{signal} $(below {top})"])!;
        kill.WaitForExit();
    }

    public void Dispose() => Run("stop", _folder);

    private static string Run(string verb, string folder)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Checkout.Root, "tests", "servers.sh"));
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(folder);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"servers.sh {verb} ended with {process.ExitCode}: {output}");
    }
}
