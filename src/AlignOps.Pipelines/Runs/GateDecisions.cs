using AlignOps.Contracts;

namespace AlignOps.Pipelines.Runs;

/// <summary>A gate's answers by their names on the wire.</summary>
internal static class GateDecisions
{
    private static readonly (GateDecision Decision, string Name)[] Names =
    [
        (GateDecision.Promote, "promote"),
        (GateDecision.Reject, "reject"),
        (GateDecision.Inconclusive, "inconclusive"),
        (GateDecision.AwaitingApproval, "awaiting-approval"),
    ];

    public static string Name(GateDecision decision) => Array.Find(Names, pair => pair.Decision == decision).Name ?? "inconclusive";

    public static GateDecision Parse(string name) => Array.Find(Names, pair => pair.Name == name).Decision;
}
