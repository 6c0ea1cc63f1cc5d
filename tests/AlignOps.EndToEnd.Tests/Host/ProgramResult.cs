namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>A command that has ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The command refused with this exit code and a sentence; nothing of the program's insides shows.</summary>
    public void Refused(int exitCode, params string[] says)
    {
        Assert.True(exitCode == ExitCode, $"Expected {exitCode}, got {ExitCode}:\n{Output}{Errors}");
        Assert.DoesNotContain("   at ", Output + Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Output + Errors, StringComparison.Ordinal);
        Assert.All(says, part => Assert.Contains(part, Errors, StringComparison.OrdinalIgnoreCase));
        Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Succeeded(params string[] says)
    {
        Assert.True(ExitCode == 0, $"Expected 0, got {ExitCode}:\n{Output}{Errors}");
        Assert.All(says, part => Assert.Contains(part, Output, StringComparison.Ordinal));
    }
}
