using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Comparisons;

namespace AlignOps.Benchmarks.Proofs.RealEvaluation;

/// <summary>FLASK's items with two models' answers; every item belongs to three skills, a domain or two, and a difficulty.</summary>
internal static class FlaskPairs
{
    /// <returns>The pairs, and how many items have no answer of one model or the other.</returns>
    public static async Task<(IReadOnlyList<ComparedAnswers> Pairs, int Unanswered)> ReadAsync(string folder, string first, string second, CancellationToken cancellationToken)
    {
        var (one, other) = (await AnswersAsync(Path.Combine(folder, $"flask-outputs-{first}.jsonl.gz"), cancellationToken), await AnswersAsync(Path.Combine(folder, $"flask-outputs-{second}.jsonl.gz"), cancellationToken));
        List<ComparedAnswers> pairs = [];
        var unanswered = 0;
        await foreach (var row in RowsAsync(Path.Combine(folder, "flask_evaluation.jsonl.gz"), cancellationToken))
        {
            var id = row.GetProperty("idx").ToString();
            if (!one.TryGetValue(id, out var ours) || !other.TryGetValue(id, out var theirs))
            {
                unanswered++;
                continue;
            }

            pairs.Add(new ComparedAnswers(
                id, [new ChatMessage("user", row.GetProperty("instruction").GetString()!)], ours, theirs,
                [.. Values(row, "skill"), .. Values(row, "domain"), .. Values(row, "difficulty")],
                Expect: JsonSerializer.SerializeToElement(new { reference = row.GetProperty("answer").ToString() })));
        }

        return (pairs, unanswered);
    }

    private static IEnumerable<string> Values(JsonElement row, string dimension) => row.GetProperty(dimension) switch
    {
        { ValueKind: JsonValueKind.Array } values => values.EnumerateArray().Select(value => $"{dimension}/{value.GetString()}"),
        var value => [$"{dimension}/{value.GetString()}"],
    };

    private static async Task<Dictionary<string, string>> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(path, cancellationToken))
        {
            answers[row.GetProperty("question_id").ToString()] = row.GetProperty("text").GetString()!;
        }

        return answers;
    }

    private static async IAsyncEnumerable<JsonElement> RowsAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        await foreach (var row in ObjectRows.ReadAsync(content, RowLimits.Default, ContentLimits.Default, cancellationToken))
        {
            yield return row.Value ?? throw new InvalidDataException($"{path}, line {row.Line}: {row.Fault}");
        }
    }
}
