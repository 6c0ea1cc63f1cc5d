using AlignOps.Rewards.Sandbox;

namespace AlignOps.Rewards.Code;

/// <summary>What runs answers that are programs.</summary>
/// <param name="Interpreters">Language, as items name it → full path of the program that runs it.</param>
/// <param name="Limits">For each test.</param>
public sealed record CodeSettings(IReadOnlyDictionary<string, string> Interpreters, SandboxLimits Limits)
{
    /// <summary>Python 3 of the machine, under the default limits.</summary>
    public static CodeSettings Default { get; } = new(new Dictionary<string, string> { ["python3"] = "/usr/bin/python3" }, SandboxLimits.Default);
}
