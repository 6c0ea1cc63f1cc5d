using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Host;

/// <summary>What a command that could not go on leaves as its exit code.</summary>
public sealed class CommandRunnerTests
{
    [Theory]
    [InlineData(ModelFormatException.Missing, ExitCode.NotFound)]
    [InlineData(ModelFormatException.General, ExitCode.Failed)]
    [InlineData("merge-parity", ExitCode.AnsweredNo)]
    public async Task Run_FaultOfAModel_ExitsByItsReason(string reason, int code) =>
        Assert.Equal(code, await CommandRunner.RunAsync(() => throw new ModelFormatException("m: cannot be read.") { Reason = reason }));
}
