using System.Text.Json;
using AlignOps.Rewards;
using AlignOps.Rewards.Code;
using AlignOps.Rewards.Sandbox;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Rewards.Code;

/// <summary>By the machine's own shell where the sandbox can be had; the rules of scoring by a sandbox that is told what to answer.</summary>
public sealed class CodeVerifierTests
{
    private const string Sum = """{"code": {"language": "sh", "tests": [{"stdin": "2 3\n", "stdout": "5\n"}, {"stdin": "10 -4\n", "stdout": "6"}]}}""";

    private static readonly CodeVerifier Shell = new(LinuxSandbox.Shared, new CodeSettings(
        new Dictionary<string, string> { ["sh"] = "/bin/sh", ["python3"] = "/usr/bin/python3" }, SandboxLimits.Default with { WallSeconds = 5, CpuSeconds = 2 }));

    [Theory]
    [InlineData("Here you are:\n```sh\nread a b\necho $((a + b))\n```\nIt adds.", 1, "passed: all 2 tests")]
    [InlineData("read a b; echo $((a + b))  ", 1, "passed: all 2 tests")]
    [InlineData("read a b; echo 5", 0.5, "wrong-output: test 2 of 2 printed something else")]
    [InlineData("read a b; echo $((a + b)); exit 7", 0, "failed: test 1 of 2 ended with exit code 7: ")]
    [InlineData("```python\nprint(5)\n```", 0, "no-code: the answer holds no program")]
    [InlineData("", 0, "no-code: the answer holds no program")]
    public void Verify_AProgram_ScoresItsTests(string answer, double score, string note)
    {
        var found = Verify(Shell, answer, Sum);
        if (!LinuxSandbox.Shared.Protection.Available && !note.StartsWith("no-code", StringComparison.Ordinal))
        {
            Assert.Null(found.Score);
            Assert.StartsWith("sandbox-unavailable: ", found.UnscoredReason, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((score, note, score == 1), (found.Score, found.Note, found.Passes));
    }

    [Theory]
    [InlineData("def add(a, b):\n    return a + b", "passed: all 1 tests")]
    [InlineData("def add(a, b):\n    return a - b", "failed: test 1 of 1 ended with exit code 1: AssertionError")]
    [InlineData("import os\nos._exit(0)", "failed: test 1 of 1 ended before its asserts did")]
    [InlineData("raise SystemExit", "failed: test 1 of 1 ended before its asserts did")]
    [InlineData("def add(a, b)", "failed: test 1 of 1 ended with exit code 1: SyntaxError: expected ':'")]
    public void Verify_Asserts_RunAfterTheAnswersDefinitions(string answer, string note)
    {
        var found = Verify(Shell, answer, """{"code": {"asserts": "assert add(2, 3) == 5"}}""");
        if (LinuxSandbox.Shared.Protection.Available && File.Exists("/usr/bin/python3")) Assert.Equal(note, found.Note);
        else Assert.StartsWith("sandbox-unavailable: ", found.UnscoredReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AfterALimit_RunsNoFurtherTest_AndRunsNothingTwice()
    {
        var sandbox = new Scripted(SandboxOutcome.TimedOut);
        var verifier = new CodeVerifier(sandbox, Shell.Settings);
        var found = Verify(verifier, "loop", Sum);
        Assert.Equal((0, "timed-out: test 1 of 2 took long"), (found.Score, found.Note));
        Assert.Same(found, Verify(verifier, "loop", Sum));
        Assert.Equal(1, sandbox.Runs);
    }

    [Fact]
    public void Verify_WithoutASandbox_IsUnscoredAndAskedAgain()
    {
        var sandbox = new Scripted(SandboxOutcome.Unavailable);
        var verifier = new CodeVerifier(sandbox, Shell.Settings);
        Assert.Equal("sandbox-unavailable: took long", Verify(verifier, "x", Sum).UnscoredReason);
        Assert.Null(Verify(verifier, "x", Sum).Score);
        Assert.Equal(2, sandbox.Runs);
    }

    [Fact]
    public void Digest_IsOfInterpretersAndLimits()
    {
        var other = Shell.With(Shell.Settings with { Limits = SandboxLimits.Default with { CpuSeconds = 1 } });
        Assert.NotEqual(Shell.Digest, other.Digest);
        Assert.NotEqual(Shell.Digest, Shell.With(Shell.Settings with { Interpreters = new Dictionary<string, string> { ["sh"] = "/usr/bin/env" } }).Digest);
        Assert.Equal(Shell.Digest, Shell.With(Shell.Settings).Digest);
    }

    private static Verification Verify(CodeVerifier verifier, string answer, string expect) => verifier.Verify([], answer, JsonSerializer.Deserialize<JsonElement>(expect));

    private sealed class Scripted(SandboxOutcome outcome) : ISandbox
    {
        public int Runs { get; private set; }

        public SandboxProtection Protection => new(null, ["none"]);

        public Task<SandboxResult> RunAsync(SandboxProgram program, SandboxLimits limits, CancellationToken cancellationToken)
        {
            Runs++;
            return Task.FromResult(new SandboxResult(outcome, "took long", null, "", "", new SandboxUsage(0, 0, 0, 0)));
        }
    }
}
