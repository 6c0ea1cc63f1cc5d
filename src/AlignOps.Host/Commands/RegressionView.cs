using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>A regression report: the sentence, what regressed, the batches, what trials found, the answers.</summary>
internal static class RegressionView
{
    /// <param name="report">What <c>GET /v1/runs/{id}/regression</c> answers.</param>
    public static void Print(JsonElement report)
    {
        Output.Line(report.Text("sentence"));
        Output.Table(report.Items("parts").Where(part => part.Text("standing") != "not-worse"),
            ("against", part => part.Text("opponent")),
            ("part", part => $"{part.Text("kind")} {(part.Text("kind") == "slice" ? part.Text("suite") + "/" : "")}{part.Text("name")}"),
            ("advantage", part => part.Text("advantage")),
            ("n", part => part.Text("units")),
            ("standing", part => part.Text("standing")));
        if (!report.Items("batches").Any()) return;

        Output.Table(report.Items("batches"),
            ("batch", batch => batch.Text("batchId")),
            ("rows", batch => batch.Text("rows")),
            ("pull", batch => batch.Text("pull")),
            ("share", batch => batch.Text("share")),
            ("p", batch => batch.Text("pValue")),
            ("stands out", batch => batch.Text("standsOut")));
        foreach (var row in report.Items("batches").Where(batch => batch.Text("standsOut") == "true").SelectMany(batch => batch.Items("examples")))
        {
            Output.Line($"it prefers: {Short(row.Text("prompt"))} → {Short(row.Text("preferred"))}");
        }

        foreach (var trial in report.Items("trials"))
        {
            Output.Line(trial.GetProperty("finding") is { ValueKind: JsonValueKind.Object } finding
                ? finding.Text("sentence")
                : $"Without {trial.Text("batchId")}: {trial.Text("state")} {trial.Text("reason")}".TrimEnd());
        }

        Output.Table(report.Items("examples"),
            ("slice", answer => answer.Text("slice")),
            ("question", answer => Short(answer.Text("question"))),
            ("candidate", answer => Short(answer.Text("candidate"))),
            ("better", answer => Short(answer.Text("better"))));
    }

    private static string Short(string text)
    {
        const int Most = 120;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Most ? line : line[..Most] + "…";
    }
}
