namespace AlignOps.Host.Cli;

/// <summary>Ends a command with a sentence on standard error and an exit code.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
