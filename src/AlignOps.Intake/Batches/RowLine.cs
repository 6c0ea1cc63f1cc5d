using System.Text.Json;

namespace AlignOps.Intake.Batches;

/// <summary>A row of <c>intake_row</c>.</summary>
internal sealed record RowLine
{
    public int Seq { get; init; }

    public int Line { get; init; }

    public required string Verdict { get; init; }

    public string? Reason { get; init; }

    public string? Sentence { get; init; }

    public string? Format { get; init; }

    public string? Kind { get; init; }

    public string? RowId { get; init; }

    public string? Envelope { get; init; }

    public string? Snippet { get; init; }

    public RowView View() => new(
        Seq, Line, Verdict, Reason, Sentence, Format, Kind, RowId, Envelope is null ? null : JsonSerializer.Deserialize<JsonElement>(Envelope), Snippet);
}
