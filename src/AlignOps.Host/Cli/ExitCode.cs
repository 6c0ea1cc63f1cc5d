namespace AlignOps.Host.Cli;

/// <summary>What the command line answers with; documented in the <c>--help</c> of every command.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran and the answer is no: nothing accepted, a gate that did not decide as asked, a process that is not ready, something to be done.</summary>
    public const int AnsweredNo = 1;

    /// <summary>Wrong arguments or a configuration that does not hold together.</summary>
    public const int Usage = 2;

    /// <summary>No server answers at that address.</summary>
    public const int Unreachable = 3;

    /// <summary>The key is missing, unknown, or its role does not allow this.</summary>
    public const int Forbidden = 4;

    /// <summary>There is no pipeline, batch, run or file of that name.</summary>
    public const int NotFound = 5;

    /// <summary>The server refused the request; its reason code is printed.</summary>
    public const int Refused = 6;

    /// <summary>A step failed while it ran; what was done is saved.</summary>
    public const int Failed = 7;

    /// <summary>A service that cannot mend itself in this process and asks its supervisor for a fresh one.</summary>
    public const int Restart = 70;

    /// <summary>Stopped by Ctrl-C; the same command goes on from where it was.</summary>
    public const int Interrupted = 130;

    public const string Help =
        "Exit codes: 0 done; 1 done, and the answer is no; 2 wrong arguments or configuration; 3 no server; 4 not allowed; " +
        "5 not found; 6 refused by the server; 7 failed while running; 70 start this process again; 130 interrupted.";
}
