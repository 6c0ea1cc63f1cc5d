namespace AlignOps.WebConsole.Reading;

/// <summary>A long step as <c>platform_v_jobs</c> has it. Times are Unix milliseconds.</summary>
public sealed class JobLine
{
    public string JobId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string RunId { get; init; } = "";
    public string State { get; init; } = "";
    public string? Owner { get; init; }
    public long Attempt { get; init; }
    public double Fraction { get; init; }
    public string? Detail { get; init; }
    public string? Summary { get; init; }
    public string? Error { get; init; }
    public long CreatedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }

    internal const string Columns =
        """
        job_id as JobId, kind as Kind, run_id as RunId, state as State, owner as Owner, attempt as Attempt, fraction as Fraction, detail as Detail,
        summary as Summary, error as Error, created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt
        """;
}
