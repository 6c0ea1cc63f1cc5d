using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>A gate record as a rule table, the sentence first.</summary>
internal static class GateRecordView
{
    public static void Print(JsonElement record)
    {
        Output.Line($"{record.Text("decision")}: {record.Text("reason")}");
        Output.Table(record.Items("rules"),
            ("rule", rule => rule.Text("name")),
            ("metric", rule => rule.Text("metric")),
            ("observed", rule => rule.Text("observed")),
            ("bound", rule => rule.Text("bound")),
            ("n", rule => rule.Text("n")),
            ("verdict", rule => rule.Text("verdict")));
    }
}
