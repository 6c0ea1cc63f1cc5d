using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>The report of a push, as people read it.</summary>
internal static class BatchReportView
{
    public static void Print(JsonElement report)
    {
        Output.Line($"Batch {report.Text("batchId")}: {report.Text("rows")} rows: {report.Text("accepted")} accepted, " +
            $"{report.Text("duplicate")} duplicate, {report.Text("quarantined")} quarantined, {report.Text("rejected")} rejected.");
        foreach (var detected in report.Items("detected"))
        {
            Output.Line("  read as " + detected.GetString());
        }

        if (report.TryGetProperty("byReason", out var reasons) && reasons.ValueKind == JsonValueKind.Object)
        {
            foreach (var reason in reasons.EnumerateObject())
            {
                Output.Line($"  {reason.Value.GetRawText(),5}  {reason.Name}");
            }
        }

        var shown = 0;
        foreach (var problem in report.Items("problems"))
        {
            shown++;
            Output.Line($"  line {problem.Text("line"),4}  {problem.Text("verdict"),-11}  {problem.Text("reason")}: {problem.Text("sentence")}");
        }

        if (report.TryGetProperty("byReason", out var all) && all.ValueKind == JsonValueKind.Object
            && all.EnumerateObject().Sum(reason => reason.Value.GetInt32()) - shown is > 0 and var hidden)
        {
            Output.Line($"  and {hidden} more at /v1/batches/{report.Text("batchId")}/rows");
        }

        if (report.TextOr("unusedNote", "") is { Length: > 0 } note)
        {
            Output.Line("  " + note);
        }
    }
}
