using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>What people say of a run: the sentence, the figures, how far they agree, how good the answers are.</summary>
internal static class LabelsView
{
    /// <param name="report">What <c>GET /v1/runs/{id}/labels</c> answers.</param>
    public static void Print(JsonElement report)
    {
        Output.Line(report.Text("sentence"));
        Output.Line($"  {report.Text("state")}: {string.Join(", ", report.GetProperty("items").EnumerateObject().Select(state => $"{state.Value} {state.Name}"))}");
        Output.Table(
            new[] { ("judge alone", "raw"), ("as people would find it", "corrected"), ("labels alone", "people"), ("judge minus people", "bias") }
                .Select(row => JsonSerializer.SerializeToElement(new { name = row.Item1, found = report.GetProperty(row.Item2) })),
            ("win rate", row => row.Text("name")),
            ("value", row => Figure(row, "value")),
            ("from", row => Figure(row, "lower")),
            ("to", row => Figure(row, "upper")));
        if (report.GetProperty("betweenPeople") is { ValueKind: JsonValueKind.Object } alpha)
        {
            Output.Line($"People among each other: the same in {report.Text("samePeople")} of the pairs with two answers, Krippendorff's alpha {alpha.Text("value")} ({alpha.Text("lower")} to {alpha.Text("upper")}).");
        }

        if (report.GetProperty("judgeAgrees").ValueKind == JsonValueKind.Number) Output.Line($"The judge says what most people say in {report.Text("judgeAgrees")} of the labelled pairs.");
        foreach (var whose in report.GetProperty("levels").EnumerateObject().Where(whose => whose.Value.EnumerateObject().Any(level => level.Value.GetInt32() > 0)))
        {
            Output.Line($"{whose.Name}'s answers: {string.Join(", ", whose.Value.EnumerateObject().Select(level => $"{level.Value} {level.Name}"))}");
        }
    }

    private static string Figure(JsonElement row, string name) => row.GetProperty("found") switch
    {
        { ValueKind: JsonValueKind.Object } estimate => estimate.Text(name),
        { ValueKind: JsonValueKind.Number } number when name == "value" => number.ToString(),
        _ => "",
    };
}
