namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>RRHF's format: answers with scores.</summary>
internal sealed record RankingEntry(string Prompt, IReadOnlyList<string> Answers, IReadOnlyList<double> Scores) : Entry
{
    public override byte[] ToLine() => JsonLines.WriteObject(json =>
    {
        json.WriteString("query", Prompt);
        json.WriteStartArray("responses");
        foreach (var answer in Answers)
        {
            json.WriteStringValue(answer);
        }

        json.WriteEndArray();
        json.WriteStartArray("scores");
        foreach (var score in Scores)
        {
            json.WriteNumberValue(score);
        }

        json.WriteEndArray();
    });

    public override Entry Flipped() => this with { Scores = [.. Scores.Select(score => Math.Round(Scores.Max() + Scores.Min() - score, 3))] };
}
