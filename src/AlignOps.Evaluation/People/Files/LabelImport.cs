using System.Text.Json;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Rounds;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.People.Files;

/// <summary>
/// Takes labels made elsewhere: JSONL, a JSON array or a table with <c>itemId</c>, <c>choice</c> (first, second, tie, both-bad), and where they stand <c>person</c>, <c>firstLevel</c> and
/// <c>secondLevel</c>. One bad row keeps no other from being taken.
/// </summary>
internal sealed class LabelImport(IDatabase database, LabelQueue queue, RoundDesk rounds)
{
    private const int LongestPerson = 100;

    /// <param name="caller">Whose the labels are where a row names nobody.</param>
    /// <exception cref="ContentException">The file as a whole cannot be read.</exception>
    public async Task<ImportReport> ReadAsync(Stream file, string caller, CancellationToken cancellationToken)
    {
        await using var content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        var rows = new List<ImportedRow>();
        var runs = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in ObjectRows.ReadAsync(content, RowLimits.Default, ContentLimits.Default, cancellationToken))
        {
            rows.Add(row.Value is { ValueKind: JsonValueKind.Object } value
                ? await TakeAsync(row.Line, value, caller, runs, cancellationToken)
                : new ImportedRow(row.Line, "rejected", "unreadable", row.Fault ?? "The row is no object."));
        }

        foreach (var runId in runs)
        {
            await database.WriteAsync(
                async (work, token) =>
                {
                    await work.TakeTurnAsync(LabelQueue.Turn, token);
                    await rounds.CloseWhenDoneAsync(work, runId, token);
                },
                cancellationToken);
        }

        var accepted = rows.Count(row => row.Verdict == "accepted");
        return new ImportReport(accepted, rows.Count - accepted, rows);
    }

    private async Task<ImportedRow> TakeAsync(int line, JsonElement row, string caller, HashSet<string> runs, CancellationToken cancellationToken)
    {
        var (itemId, said, named) = (Text(row, "itemId", "item_id", "id"), Text(row, "choice"), Text(row, "person"));
        var person = string.IsNullOrWhiteSpace(named) ? caller : named.Trim();
        if (string.IsNullOrWhiteSpace(itemId)) return Rejected(line, "no-item", "The row names no itemId.");
        if (string.IsNullOrWhiteSpace(said)) return Rejected(line, "no-choice", "The row has no choice: nobody has labelled it.");
        if (LabelNames.Choice(said.Trim()) is not { } choice) return Rejected(line, "unknown-choice", $"'{Short(said)}' is no choice; there are {string.Join(", ", LabelNames.Choices)}.");
        if (person.Length > LongestPerson || person.Any(char.IsControl)) return Rejected(line, "bad-person", $"A person's name has at most {LongestPerson} characters, none of them a control character.");
        var levels = new Acceptability?[2];
        foreach (var (place, level) in new[] { Text(row, "firstLevel", "first_level"), Text(row, "secondLevel", "second_level") }.Index())
        {
            if (string.IsNullOrWhiteSpace(level)) continue;
            levels[place] = LabelNames.Level(level.Trim());
            if (levels[place] is null) return Rejected(line, "unknown-level", $"'{Short(level)}' is no level; there are {string.Join(", ", LabelNames.Levels)}.");
        }

        var refusal = await database.WriteAsync(
            async (work, token) =>
            {
                var refused = await queue.ImportAsync(work, itemId.Trim(), person, new PersonLabel(choice, levels[0], levels[1]), token);
                if (refused is null && await LabelStore.FindAsync(work.Connection, work.Transaction, itemId.Trim(), token) is { } item) runs.Add(item.RunId);
                return refused;
            },
            cancellationToken);
        return refusal is null ? new ImportedRow(line, "accepted", null, null) : Rejected(line, refusal.Code, refusal.Sentence);
    }

    private static ImportedRow Rejected(int line, string code, string sentence) => new(line, "rejected", code, sentence);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string? Text(JsonElement row, params string[] names)
    {
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String) return value.GetString();
        }

        return null;
    }
}
