using System.Text.Json;

namespace AlignOps.WebConsole.Reading;

/// <summary>An examination of a judge, whatever became of it.</summary>
public sealed record JudgeExaminationLine
{
    internal const string Columns = """
        examination_id as ExaminationId, pipeline as Pipeline, judge as Judge, model as Model, judge_digest as JudgeDigest, labels_digest as LabelsDigest, pairs as Pairs, state as State,
        code as Code, reason as Reason, qualified as Qualified, figures as Figures, asked_by as AskedBy, at as At, ended_at as EndedAt
        """;

    public string ExaminationId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string Judge { get; init; } = "";
    public string Model { get; init; } = "";
    public string JudgeDigest { get; init; } = "";
    public string LabelsDigest { get; init; } = "";
    public long Pairs { get; init; }
    public string State { get; init; } = "";
    public string Code { get; init; } = "";
    public string Reason { get; init; } = "";
    public long Qualified { get; init; }
    public string Figures { get; init; } = "";
    public string AskedBy { get; init; } = "";
    public long At { get; init; }
    public long? EndedAt { get; init; }

    public bool IsCertificate => State == "certified";

    /// <summary>The certificate's measurements; none where there is no certificate.</summary>
    public IReadOnlyList<JudgeFigure> Measurements => Figures.Length == 0 ? [] : JsonSerializer.Deserialize<JudgeFigure[]>(Figures, JsonSerializerOptions.Web)!;
}

/// <summary>A measure with its 95 % interval, or why it was not measured.</summary>
public sealed record JudgeFigure(string Measure, double? Value, double? Lower, double? Upper, int Count, string? NotMeasured = null);
