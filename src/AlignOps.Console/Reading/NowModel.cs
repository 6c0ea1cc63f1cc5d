namespace AlignOps.WebConsole.Reading;

/// <summary>What waits, what runs, what answers.</summary>
public sealed record NowModel(
    IReadOnlyList<Waiting> Waiting, IReadOnlyList<RunLine> Running, IReadOnlyList<RunLine> Recent, IReadOnlyList<ChampionLine> Champions, IReadOnlyList<DeploymentLine> Deployments, DateTimeOffset Now);

/// <summary>One thing that waits for a person.</summary>
/// <param name="Tone"><c>ask</c>, <c>warn</c> or <c>bad</c>.</param>
/// <param name="At">Since when, Unix milliseconds.</param>
public sealed record Waiting(string Tone, string Label, string Title, string Detail, string Href, long At);
