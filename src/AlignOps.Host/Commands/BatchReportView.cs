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
        if (report.TryGetProperty("byReason", out var reasons) && reasons.ValueKind == JsonValueKind.Object)
        {
            foreach (var reason in reasons.EnumerateObject())
            {
                Output.Line($"  {reason.Value.GetRawText(),5}  {reason.Name}");
            }
        }

        if (report.TextOr("unusedNote", "") is { Length: > 0 } note)
        {
            Output.Line("  " + note);
        }
    }
}
