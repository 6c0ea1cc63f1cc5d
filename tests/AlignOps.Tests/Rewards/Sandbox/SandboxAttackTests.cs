using System.Net;
using System.Net.Sockets;
using AlignOps.Rewards.Sandbox;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Rewards.Sandbox;

/// <summary>Programs that mean harm. Where this machine cannot sandbox, each asserts that nothing was run.</summary>
public sealed class SandboxAttackTests
{
    private static readonly SandboxLimits Small = new()
    {
        CpuSeconds = 2, WallSeconds = 6, MemoryBytes = 128 << 20, Processes = 24, FileBytes = 1 << 20, DiskBytes = 4 << 20, OutputBytes = 100_000,
    };

    [Theory]
    [InlineData("a file of the machine", "cat /etc/passwd /etc/shadow /etc/hostname")]
    [InlineData("the files of a user", "cat /root/.profile || ls /home/* || ls /tmp/../root")]
    [InlineData("another process' environment", "cat /proc/1/environ || cat /proc/self/environ || ls /proc/*/environ")]
    [InlineData("a link to a file of the machine", "ln -s /etc/passwd here && cat here")]
    [InlineData("a link out of the tree", "ln -s ../../../../etc here && ls here/passwd; cd ..; cd ..; cat etc/passwd")]
    [InlineData("the old root of the machine", "ls /old/etc/passwd || ls /proc/1/root/etc")]
    [InlineData("devices", "cat /dev/sda /dev/vda /dev/mem /dev/kmsg; mknod here b 8 0 && cat here")]
    [InlineData("mounts", "mount -t tmpfs none /job && echo mounted; mount -o remount,rw /usr/bin && echo mounted; umount -l /job && echo mounted; ls /dev/sda")]
    [InlineData("namespaces of its own", "unshare --user --map-root-user --mount --net true 2>/dev/null || exit 1")]
    [InlineData("the namespace's first process", "kill -9 1; kill -0 2 2>/dev/null; cat /proc/1/cmdline")]
    public async Task Program_ReachingOut_FailsAndSeesNothing(string what, string script)
    {
        var result = await RunAsync("/bin/sh", script, Small);
        if (result is null) return;

        Assert.True(result.Outcome == SandboxOutcome.Exited && result.ExitCode != 0, $"{what}: {Tell(result)}");
        Assert.DoesNotContain("root:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PATH=", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mounted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WritingOutside_ChangesNothing()
    {
        var target = Path.Combine(Path.GetTempPath(), $"sandbox-{Environment.ProcessId}-written");
        var result = await RunAsync("/bin/sh", $"echo x > {target}; mkdir -p {Path.GetDirectoryName(target)}; echo x > {target}; ln -s {target} link; echo x > link; echo x > /usr/bin/ls; echo x > /job/main; echo x > /written; cat /job/main | head -c 4", Small);
        Assert.False(File.Exists(target));
        if (result is not null) Assert.Equal("echo", result.Output);
    }

    [Fact]
    public async Task Program_OpeningSockets_ReachesNobody()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var result = await RunAsync(
            "/usr/bin/python3",
            $$"""
            import socket
            for family, kind, address in [(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", {{port}})), (socket.AF_INET6, socket.SOCK_STREAM, ("::1", {{port}})),
                                          (socket.AF_INET, socket.SOCK_DGRAM, ("8.8.8.8", 53)), (40, socket.SOCK_STREAM, (2, 22)), (16, socket.SOCK_RAW, (0, 0))]:
                try:
                    with socket.socket(family, kind) as one:
                        one.connect(address)
                    print("reached", address)
                except OSError as fault:
                    print("refused", fault.errno)
            """,
            Small);
        Assert.False(listener.Pending());
        if (result is null) return;

        Assert.Equal(SandboxOutcome.Exited, result.Outcome);
        Assert.Equal(["refused 1", "refused 1", "refused 1", "refused 1", "refused 1"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("sleeps", SandboxOutcome.TimedOut, "sleep 1000")]
    [InlineData("ignores every signal", SandboxOutcome.TimedOut, "trap '' TERM INT HUP QUIT XCPU USR1; while :; do sleep 1000; done")]
    [InlineData("computes for ever", SandboxOutcome.TimedOut, "while :; do :; done")]
    [InlineData("computes in many processes", SandboxOutcome.TimedOut, "for i in 1 2 3 4; do (while :; do :; done) & done; wait")]
    [InlineData("prints without end", SandboxOutcome.TooMuchOutput, "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done")]
    [InlineData("complains without end", SandboxOutcome.TooMuchOutput, "cat /dev/zero >&2")]
    [InlineData("fills the memory", SandboxOutcome.OutOfMemory, "tail /dev/zero")]
    [InlineData("fills the disk with one file", SandboxOutcome.TooMuchDisk, "cat /dev/zero > file")]
    [InlineData("fills the disk with many", SandboxOutcome.TooMuchDisk, "i=0; while head -c 900000 /dev/zero > file$i; do i=$((i+1)); done; exit 1")]
    [InlineData("fills the disk with names", SandboxOutcome.TooMuchDisk, "i=0; while : > f$i; do i=$((i+1)); done; exit 1")]
    [InlineData("bombs with forks", SandboxOutcome.TooManyProcesses, "bomb() { bomb | bomb & }; bomb; sleep 1000")]
    [InlineData("kills all it can", SandboxOutcome.Crashed, "kill -9 -1; sleep 1000")]
    public async Task Program_WithoutMeasure_EndsInItsNamedState(string what, SandboxOutcome outcome, string script)
    {
        var result = await RunAsync("/bin/sh", script, what is "sleeps" or "ignores every signal" ? Small with { WallSeconds = 1 } : Small);
        if (result is not null) Assert.True(outcome == result.Outcome, $"{what}: {Tell(result)}");
    }

    [Fact]
    public async Task Program_LeavingADaemon_LeavesNone()
    {
        var result = await RunAsync("/bin/sh", "setsid sh -c 'trap \"\" HUP TERM; while :; do sleep 1000; done' >/dev/null 2>&1 </dev/null & echo done", Small);
        if (result is null) return;

        Assert.Equal(SandboxOutcome.Exited, result.Outcome);
        Assert.Equal("done\n", result.Output);
    }

    [Fact]
    public async Task Program_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await RunAsync("/bin/sh", "setsid sleep 1000 & sleep 1000", Small, stop.Token);
            Assert.False(LinuxSandbox.Shared.Protection.Available);
        }
        catch (OperationCanceledException)
        {
            // What is left behind is looked for in RunAsync.
        }
    }

    /// <summary>Null where the machine cannot sandbox or has no such interpreter; that nothing was run is asserted then. In every case nothing may be left behind.</summary>
    private static async Task<SandboxResult?> RunAsync(string interpreter, string script, SandboxLimits limits, CancellationToken cancellationToken = default)
    {
        var mark = $"mark-{Guid.NewGuid():N}";
        var program = new SandboxProgram(interpreter, [SandboxProgram.FilesAt + "/main", mark], new Dictionary<string, string> { ["main"] = script, [mark] = "" });
        SandboxResult result;
        try
        {
            result = await LinuxSandbox.Shared.RunAsync(program, limits, cancellationToken);
        }
        finally
        {
            Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "alignops-sandbox-*"), folder => File.Exists(Path.Combine(folder, "program", mark)));
            Assert.DoesNotContain(Commands(), command => command.Contains(mark, StringComparison.Ordinal));
        }

        if (LinuxSandbox.Shared.Protection.Available && File.Exists(interpreter))
        {
            Assert.NotEqual(SandboxOutcome.Unavailable, result.Outcome);
            return result;
        }

        Assert.Equal(SandboxOutcome.Unavailable, result.Outcome);
        Assert.Matches("^[a-z-]+: .", result.Sentence);
        Assert.Empty(result.Output);
        return null;
    }

    private static string Tell(SandboxResult result) =>
        $"{result.Outcome}, {result.Sentence}, {result.Usage}, said {result.Output[..Math.Min(300, result.Output.Length)]} and {result.Error[..Math.Min(300, result.Error.Length)]}";

    private static IEnumerable<string> Commands()
    {
        foreach (var folder in Directory.Exists("/proc") ? Directory.GetDirectories("/proc") : [])
        {
            string command;
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return command;
        }
    }
}
