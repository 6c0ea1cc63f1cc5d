namespace AlignOps.WebConsole.Reading;

/// <summary>How a judge stood in a run, and what asking it again found.</summary>
public sealed record JudgeStandingLine
{
    internal const string Columns = """
        run_id as RunId, judge as Judge, pipeline as Pipeline, judge_digest as JudgeDigest, decides as Decides, standing as Standing, sentence as Sentence, examination_id as ExaminationId,
        games as Games, differing as Differing, expected as Expected, p_value as PValue, level as Level, at as At
        """;

    public string RunId { get; init; } = "";
    public string Judge { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string JudgeDigest { get; init; } = "";
    public long Decides { get; init; }
    public string Standing { get; init; } = "";
    public string Sentence { get; init; } = "";
    public string? ExaminationId { get; init; }
    public long? Games { get; init; }
    public double? Differing { get; init; }
    public double? Expected { get; init; }
    public double? PValue { get; init; }
    public double? Level { get; init; }
    public long At { get; init; }
}
