using AlignOps.Rewards.Sandbox;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Rewards.Sandbox;

public sealed class SandboxProbeTests
{
    private const string Dump = "no_new_privs: 1\nEffective capabilities: [none]\nCapability bounding set: [none]\n";

    private static readonly string[] Names = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"];

    private static readonly string[] Status = [.. Names.Select(name => $"namespace {name} {name}:[2]"), "guard file-tree", "ready", "exit 0"];

    [Fact]
    public void Judge_WhereEverythingIsApart_RunsPrograms()
    {
        Assert.True(Judge(Status, Dump).Available);
        Assert.Contains("no-further-namespaces", Judge(Status, Dump).Guards);
        Assert.DoesNotContain("no-further-namespaces", Judge(Status, Dump + "further namespaces\n").Guards);
    }

    [Theory]
    [InlineData("net", "no-network-protection")]
    [InlineData("pid", "no-pid-namespace")]
    [InlineData("mnt", "no-mnt-namespace")]
    public void Judge_WhereANamespaceIsShared_Refuses(string shared, string reason)
    {
        Assert.StartsWith(reason + ": ", Judge([.. Status.Select(line => line == $"namespace {shared} {shared}:[2]" ? $"namespace {shared} {shared}:[1]" : line)], Dump).Refusal, StringComparison.Ordinal);
        Assert.StartsWith(reason + ": ", Judge([.. Status.Where(line => !line.StartsWith($"namespace {shared}", StringComparison.Ordinal))], Dump).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no_new_privs: 0\nEffective capabilities: [none]\nCapability bounding set: [none]\n", "rights-kept")]
    [InlineData("no_new_privs: 1\nEffective capabilities: sys_admin\nCapability bounding set: [none]\n", "rights-kept")]
    [InlineData("", "rights-kept")]
    [InlineData(Dump + "written\n", "no-file-protection")]
    public void Judge_WhereAProgramKeepsRights_Refuses(string output, string reason)
    {
        Assert.StartsWith(reason + ": ", Judge(Status, output).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_WhereNothingWasStarted_SaysWhatTheKernelSaid()
    {
        Assert.Equal("no-user-namespaces: The kernel, or a container's rules, do not let this user make namespaces: unshare: Operation not permitted", SandboxProbe.Judge([], null, "", "unshare: Operation not permitted\n", _ => "x").Refusal);
        Assert.Equal("no-file-protection: The file tree of the sandbox could not be built: mount: denied", SandboxProbe.Judge(["namespace net net:[2]", "mount: denied"], null, "", "", _ => "x").Refusal);
    }

    private static SandboxProtection Judge(string[] status, string output) => SandboxProbe.Judge(status, SandboxOutcome.Exited, output, "", name => $"{name}:[1]");
}
