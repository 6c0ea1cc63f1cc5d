using AlignOps.Rewards.Sandbox;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Rewards.Sandbox;

public sealed class SandboxTests
{
    [Fact]
    public async Task Program_OfGoodWill_GetsItsInputAndGivesItsOutput()
    {
        Environment.SetEnvironmentVariable("ALIGNOPS_TEST_SECRET", "do-not-tell");
        var result = await LinuxSandbox.Shared.RunAsync(Shell("cat; echo to-error >&2; env; ls -A; : > own && echo wrote; exit 3", "été\n"), SandboxLimits.Default, CancellationToken.None);
        if (!LinuxSandbox.Shared.Protection.Available)
        {
            Assert.Equal(SandboxOutcome.Unavailable, result.Outcome);
            return;
        }

        Assert.Equal((SandboxOutcome.Exited, 3, "to-error\n"), (result.Outcome, result.ExitCode, result.Error));
        Assert.StartsWith("été\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("wrote\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-tell", result.Output, StringComparison.Ordinal);
        Assert.Equal(["HOME", "LANG", "PATH", "PWD", "TMPDIR", "TZ"], result.Output.Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Programs_AtTheSameTime_DoNotSeeEachOther()
    {
        if (!LinuxSandbox.Shared.Protection.Available) return;

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => LinuxSandbox.Shared.RunAsync(Shell($"echo {i} > file; sleep 0.1; ls; cat file", ""), SandboxLimits.Default, CancellationToken.None)));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"file\n{i}\n"), results.Select(result => result.Output));
    }

    [Fact]
    public async Task Thread_ThatStartedAProgram_KeepsItsSockets()
    {
        _ = await LinuxSandbox.Shared.RunAsync(Shell(":", ""), SandboxLimits.Default, CancellationToken.None);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
    }

    [Fact]
    public void Protection_WhereItIsHad_NamesWhatIsOn()
    {
        var protection = LinuxSandbox.Shared.Protection;
        if (!protection.Available)
        {
            Assert.Matches("^[a-z-]+: .", protection.Refusal);
            Assert.Empty(protection.Guards);
            return;
        }

        string[] least = ["network-namespace", "mount-namespace", "pid-namespace", "file-tree-of-its-own", "no-new-privileges", "no-capabilities", "system-call-filter"];
        Assert.Empty(least.Except(protection.Guards));
    }

    [Theory]
    [InlineData("/no/such/python3")]
    [InlineData("python3")]
    [InlineData("/etc/passwd")]
    [InlineData("/home/somebody/bin/python3")]
    [InlineData("/opt/../root/bin/python3")]
    public async Task Interpreter_ThatCannotBeShown_IsRefused(string interpreter)
    {
        var result = await LinuxSandbox.Shared.RunAsync(new SandboxProgram(interpreter, [], new Dictionary<string, string>()), SandboxLimits.Default, CancellationToken.None);
        Assert.Equal(SandboxOutcome.Unavailable, result.Outcome);
        if (LinuxSandbox.Shared.Protection.Available) Assert.StartsWith("interpreter-missing: ", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../main")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void Folder_ForAFileNameThatLeavesIt_IsNotMade(string name)
    {
        Assert.Throws<ArgumentException>(() => new JobFolder(new SandboxProgram("/bin/sh", [], new Dictionary<string, string> { [name] = "" }), null));
    }

    private static SandboxProgram Shell(string script, string input) =>
        new("/bin/sh", [SandboxProgram.FilesAt + "/main"], new Dictionary<string, string> { ["main"] = script }, input);
}
