using System.Text.Json;

namespace AlignOps.Intake.Batches;

/// <summary>One row of a batch and its verdict.</summary>
/// <param name="Row">The envelope of an accepted or quarantined row.</param>
/// <param name="Snippet">The beginning of a rejected row, as it was pushed.</param>
public sealed record RowView(
    int Seq, int Line, string Verdict, string? Reason, string? Sentence, string? Format, string? Kind, string? RowId, JsonElement? Row, string? Snippet);
