namespace AlignOps.Pipelines.Runs;

/// <summary>The phases' names in tables and on the wire.</summary>
internal static class RunPhases
{
    private static readonly Dictionary<RunPhase, string> Names = new()
    {
        [RunPhase.Preparing] = "preparing",
        [RunPhase.Synthesizing] = "synthesizing",
        [RunPhase.Mixing] = "mixing",
        [RunPhase.Training] = "training",
        [RunPhase.Evaluating] = "evaluating",
        [RunPhase.Deciding] = "deciding",
        [RunPhase.AwaitingApproval] = "awaiting-approval",
        [RunPhase.Promoted] = "promoted",
        [RunPhase.Rejected] = "rejected",
        [RunPhase.Inconclusive] = "inconclusive",
        [RunPhase.Failed] = "failed",
    };

    private static readonly Dictionary<string, RunPhase> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => ByName.Keys;

    public static string Name(this RunPhase phase) => Names[phase];

    public static RunPhase Parse(string name) => ByName[name];

    public static bool IsTerminal(this RunPhase phase) => phase >= RunPhase.Promoted;
}
