using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using Spectre.Console;

namespace AlignOps.Host.Demo;

/// <summary>What every act but the first begins with: a batch is pushed, a run learns from it, a gate decides.</summary>
internal sealed class Act(ServerClient client, string pipeline)
{
    public async Task<DemoRun> PlayAsync(FeedbackFile feedback, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(feedback.Content);
        var report = await client.UploadAsync($"/v1/pipelines/{pipeline}/batches?name={Uri.EscapeDataString(feedback.Name)}", content, null, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [grey]alignops push {pipeline} {feedback.Name}[/]");
        BatchReportView.Print(report);

        var run = await new RunWatcher(client, pipeline).WatchAsync(report.Text("batchId"), cancellationToken);
        if (run.Text("state") == "failed")
        {
            throw new CommandException(ExitCode.Failed, $"Run {run.Text("runId")} failed: {run.Text("reason")}");
        }

        var record = await client.GetAsync($"/v1/runs/{run.Text("runId")}/gate", cancellationToken);
        GateRecordView.Print(record);
        return new DemoRun(
            report.Text("batchId"),
            run.Text("runId"),
            JsonSerializer.Deserialize<GateDecision>($"\"{run.Text("decision")}\""),
            run.Text("reason"),
            run.GetProperty("winRate").GetDouble(),
            run.GetProperty("lower").GetDouble(),
            run.GetProperty("items").GetInt32());
    }
}
