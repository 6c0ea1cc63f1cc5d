namespace AlignOps.WebConsole.Reading;

/// <summary>A page of batches, newest first.</summary>
public sealed record BatchesModel(IReadOnlyList<BatchLine> Batches, IReadOnlyList<string> Pipelines, string? Pipeline, string? State, int Page, bool More, DateTimeOffset Now)
{
    public const int Size = 25;
    public static readonly IReadOnlyList<string> States = ["waiting", "in-run", "learned", "held", "undecided"];
}

/// <summary>A batch and its rows.</summary>
/// <param name="Report">Null where intake does not answer.</param>
/// <param name="Rows">Rows of the verdict asked for.</param>
public sealed record BatchModel(BatchLine Batch, BatchReport? Report, BatchRows? Rows, string? Verdict, DateTimeOffset Now)
{
    public static readonly IReadOnlyList<string> Verdicts = ["accepted", "duplicate", "quarantined", "rejected"];
}

/// <summary>Intake's report on a batch, as its API tells it.</summary>
public sealed record BatchReport(
    string ContentHash, IReadOnlyDictionary<string, int> ByReason, IReadOnlyDictionary<string, int> Formats, IReadOnlyDictionary<string, int> Kinds, string? UnusedNote, IReadOnlyList<string>? Detected);

/// <summary>Rows of a batch, as intake's API tells them.</summary>
/// <param name="Next">What to pass as <c>after</c> for more.</param>
public sealed record BatchRows(IReadOnlyList<BatchRow> Rows, int? Next);

/// <param name="Row">The row as it was understood, where it was.</param>
/// <param name="Snippet">The beginning of a rejected row, as it was pushed.</param>
public sealed record BatchRow(int Seq, int Line, string Verdict, string? Reason, string? Sentence, string? Format, string? Kind, System.Text.Json.JsonElement? Row, string? Snippet);
