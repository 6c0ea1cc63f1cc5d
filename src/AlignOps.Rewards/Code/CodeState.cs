using AlignOps.Rewards.Sandbox;

namespace AlignOps.Rewards.Code;

/// <summary>How a program fared on one test.</summary>
/// <param name="Name"><c>passed</c>, <c>failed</c>, <c>wrong-output</c>, or how the sandbox ended it: <c>timed-out</c>, <c>out-of-memory</c>, <c>crashed</c> …</param>
internal sealed record CodeState(string Name, string Sentence)
{
    public const string Passed = "passed", Failed = "failed", WrongOutput = "wrong-output", NoCode = "no-code";

    private const int MostOfError = 300;

    /// <summary>Nothing was run, so there is nothing to score.</summary>
    public bool IsUnavailable => Name == SandboxOutcome.Unavailable.Name();

    /// <summary>The next test would most likely meet the same limit and take as long.</summary>
    public bool Ends => Name is not (Passed or Failed or WrongOutput);

    /// <param name="right">Whether a program that ended well printed what it should.</param>
    public static CodeState Of(SandboxResult result, Func<SandboxResult, bool> right) => result switch
    {
        { Outcome: not SandboxOutcome.Exited } => new CodeState(result.Outcome.Name(), result.Sentence),
        { ExitCode: not 0 } => new CodeState(Failed, $"{result.Sentence}: {LastLine(result.Error)}"),
        _ => right(result) ? new CodeState(Passed, "") : new CodeState(WrongOutput, "printed something else"),
    };

    private static string LastLine(string error)
    {
        var line = error.TrimEnd().Split('\n')[^1];
        return line.Length <= MostOfError ? line : line[..MostOfError];
    }
}
