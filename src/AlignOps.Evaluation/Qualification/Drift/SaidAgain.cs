using System.Text.Json;
using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>What a judge said in one game of a run: a verdict, an answer without one, or nothing because the call failed.</summary>
internal readonly record struct SaidAgain(bool Heard, Preference? Verdict)
{
    private const string Failed = "failed", None = "none";

    public static readonly SaidAgain Nothing = new(false, null);

    public static SaidAgain Of(JudgeVerdict verdict) => FailedCalls.Is(verdict) ? Nothing : new SaidAgain(true, verdict.Preferred);

    /// <summary>A run's games as one text, in the order of the frozen pairs, each in both orders.</summary>
    public static string Write(IEnumerable<SaidAgain> games) => JsonSerializer.Serialize(games.Select(game => !game.Heard ? Failed : game.Verdict?.ToString().ToLowerInvariant() ?? None));

    public static IReadOnlyList<SaidAgain> Read(string text) =>
        [.. JsonSerializer.Deserialize<string[]>(text)!.Select(word => word == Failed ? Nothing : new SaidAgain(true, Enum.TryParse<Preference>(word, ignoreCase: true, out var verdict) ? verdict : null))];
}
