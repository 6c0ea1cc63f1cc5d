namespace AlignOps.WebConsole.Reading;

/// <summary>A page of runs, newest first.</summary>
/// <param name="Page">From 1.</param>
public sealed record RunsModel(IReadOnlyList<RunLine> Runs, IReadOnlyList<string> Pipelines, string? Pipeline, string? State, int Page, bool More, DateTimeOffset Now)
{
    public const int Size = 25;

    public static readonly IReadOnlyList<string> States =
        ["preparing", "synthesizing", "mixing", "training", "evaluating", "deciding", "awaiting-approval", "promoted", "rejected", "inconclusive", "failed"];
}
