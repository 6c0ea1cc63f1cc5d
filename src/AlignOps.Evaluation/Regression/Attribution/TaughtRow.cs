using AlignOps.Data.Feedback;

namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>A row as what it teaches: answers with weights, above zero for what to say and below for what not to.</summary>
/// <param name="Answers">Weights above zero add up to one, or to nothing, and so do those below.</param>
internal sealed record TaughtRow(string BatchId, string Prompt, IReadOnlyList<(string Text, double Weight)> Answers)
{
    /// <summary>Null where the row prefers nothing.</summary>
    public static TaughtRow? Of(FeedbackRow row) =>
        Weigh(row) is { Count: > 0 } answers ? new TaughtRow(row.Provenance.BatchId, row.Prompt[^1].Content, answers) : null;

    private static IReadOnlyList<(string Text, double Weight)> Weigh(FeedbackRow row)
    {
        if (row.Kind == FeedbackKind.Demonstration) return [.. row.Candidates.Select(answer => (answer.Text, 1.0 / row.Candidates.Count))];
        var scored = row.Candidates.Select(answer => (answer.Text, Score: answer.Score ?? (answer.Label is { } liked ? liked ? 1 : 0 : null))).Where(answer => answer.Score is not null).ToList();
        if (scored.Count == 1 && row.Candidates[0].Label is { } label) return [(scored[0].Text, label ? 1 : -1)];
        if (scored.Count < 2) return [];

        var mean = scored.Average(answer => answer.Score!.Value);
        var above = scored.Sum(answer => Math.Max(0, answer.Score!.Value - mean));
        return above > 0 && double.IsFinite(above) ? [.. scored.Select(answer => (answer.Text, (answer.Score!.Value - mean) / above))] : [];
    }
}
