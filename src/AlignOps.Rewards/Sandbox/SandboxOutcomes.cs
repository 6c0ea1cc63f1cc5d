namespace AlignOps.Rewards.Sandbox;

/// <summary>Outcomes as reports and evidence name them.</summary>
public static class SandboxOutcomes
{
    public static string Name(this SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Exited => "exited",
        SandboxOutcome.Crashed => "crashed",
        SandboxOutcome.TimedOut => "timed-out",
        SandboxOutcome.OutOfMemory => "out-of-memory",
        SandboxOutcome.TooMuchOutput => "too-much-output",
        SandboxOutcome.TooManyProcesses => "too-many-processes",
        SandboxOutcome.TooMuchDisk => "too-much-disk",
        _ => "sandbox-unavailable",
    };
}
