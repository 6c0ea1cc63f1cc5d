using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>A gate record as a rule table, the sentence first.</summary>
internal static class GateRecordView
{
    /// <param name="answer">What <c>GET /v1/runs/{id}/gate</c> answers.</param>
    public static void Print(JsonElement answer)
    {
        var record = answer.GetProperty("record");
        Output.Line($"{record.Text("decision")}: {record.Text("reason")}");
        Output.Table(record.Items("rules"),
            ("rule", rule => rule.Text("name")),
            ("metric", rule => rule.Text("metric")),
            ("observed", rule => rule.Text("observed")),
            ("bound", rule => rule.Text("bound")),
            ("n", rule => rule.Text("n")),
            ("verdict", rule => rule.Text("verdict")));
        if (record.Items("rules").FirstOrDefault(rule => rule.Text("name") == "evidence") is { ValueKind: JsonValueKind.Object } evidence)
        {
            Output.Line(evidence.Text("sentence"));
        }

        if (record.Items("slices").Any())
        {
            Output.Table(record.Items("slices"),
                ("slice", slice => $"{slice.Text("kind")} {slice.Text("name")}"),
                ("advantage", slice => slice.Text("advantage")),
                ("95 % interval", slice => slice.TryGetProperty("lower", out _) ? $"{slice.Text("lower")} to {slice.Text("upper")}" : "-"),
                ("harm below", slice => slice.Text("bound")),
                ("n", slice => slice.Text("n")),
                ("stands", slice => slice.Text("standing")));
        }

        foreach (var vote in record.Items("approvals"))
        {
            Output.Line($"{vote.Text("answer")} by {vote.Text("person")} at {vote.Moment("at")}: {vote.Text("reason")}");
        }

        Output.Line($"worst slice: {record.Text("worstSlice")}; batches: {string.Join(", ", record.Items("batchIds").Select(batch => batch.GetString()))}; "
            + $"decided by {answer.Text("decidedBy")}; record {answer.Text("recordDigest")[..12]}");
        foreach (var report in record.Items("reports")) Output.Line($"report only: {report.Text("sentence")}");
    }
}
