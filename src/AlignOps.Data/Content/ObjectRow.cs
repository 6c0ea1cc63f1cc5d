using System.Text.Json;

namespace AlignOps.Data.Content;

/// <summary>One row of a file as a JSON object: a line of JSONL, an element of a JSON array, or a table's record with its header's cells as keys and texts as values.</summary>
/// <param name="Line">The line it begins on, 1-based.</param>
/// <param name="Value">Null where the row cannot be read; then <paramref name="Fault"/> says why.</param>
public sealed record ObjectRow(int Line, JsonElement? Value, string? Fault);
