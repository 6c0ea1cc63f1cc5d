namespace AlignOps.Rewards.Sandbox;

/// <summary>What came of a program.</summary>
/// <param name="Sentence">The outcome in words, with the limit that was met.</param>
/// <param name="ExitCode">Null where it did not end by itself.</param>
/// <param name="Output">Standard output as far as it was read; bytes that are no UTF-8 are replaced.</param>
/// <param name="Error">Standard error, likewise.</param>
/// <param name="Usage">The most that was seen in use.</param>
public sealed record SandboxResult(SandboxOutcome Outcome, string Sentence, int? ExitCode, string Output, string Error, SandboxUsage Usage)
{
    internal static SandboxResult Refused(string reason) => new(SandboxOutcome.Unavailable, reason, null, "", "", new SandboxUsage(0, 0, 0, 0));
}
