namespace AlignOps.Rewards.Sandbox;

/// <summary>How a program in a sandbox ended.</summary>
public enum SandboxOutcome
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>By a signal that no limit sent, such as a segmentation fault.</summary>
    Crashed,

    /// <summary>It used up its processor time or its time by the clock.</summary>
    TimedOut,

    /// <summary>It wanted more memory than it may have.</summary>
    OutOfMemory,

    /// <summary>It wrote more to its outputs than it may.</summary>
    TooMuchOutput,

    /// <summary>It wanted more processes or threads than it may have.</summary>
    TooManyProcesses,

    /// <summary>It wanted to write more to files than it may.</summary>
    TooMuchDisk,

    /// <summary>Nothing was run: the sandbox cannot be had here.</summary>
    Unavailable,
}
