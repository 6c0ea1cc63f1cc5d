using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops run show RUN</c>, <c>alignops run results RUN</c> and <c>alignops run start PIPELINE</c>.</summary>
internal static class RunCommand
{
    public static Command Create() => new("run", "Look at one run, or ask for one.") { Show(), Results(), Start() };

    private static Command Show()
    {
        var id = new Argument<string>("run") { Description = "The run's id, such as r-1f2e3d4c5b6a7980." };
        var command = new Command("show", "Show a run: its state, its batches and every event.") { id, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var detail = await client.GetAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(id)!)}", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(detail);
                return ExitCode.Success;
            }

            var run = detail.GetProperty("run");
            Output.Line($"Run {run.Text("runId")} of {run.Text("pipeline")} ({run.Text("triggerKind")}): {run.Text("state")}");
            Output.Line($"  reason     {run.Text("reason")}");
            Output.Line($"  batches    {string.Join(", ", detail.Items("batchIds").Select(batch => batch.GetString()))} and {detail.Text("replayed")} replayed");
            Output.Line($"  candidate  {run.Text("candidateAdapter")}");
            Output.Line($"  champion   {run.TextOr("championAdapter", run.Text("championCheckpoint"))}");
            Output.Line($"  dataset    {run.Text("datasetDigest")}");
            Output.Line($"  evidence   {run.Text("evidenceDigest")}");
            Output.Line($"  record     {run.Text("recordDigest")}");
            Output.Table(detail.Items("events"), ("at", one => one.Moment("at")), ("event", one => one.Text("kind")), ("detail", one => one.Text("detail")));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Results()
    {
        var id = new Argument<string>("run") { Description = "The run's id." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of standard output." };
        var command = new Command("results", "What every model came to on every item of every suite, as JSONL.") { id, output };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var lines = await client.GetTextAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(id)!)}/results", cancellationToken);
            if (arguments.GetValue(output) is { } file) await File.WriteAllTextAsync(file, lines, cancellationToken);
            else Output.Line(lines.TrimEnd('\n'));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Start()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "The pipeline to retrain on everything it has learned." };
        var command = new Command("start", "Ask for a run outside batches and schedule.") { pipeline, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            Output.Json(await client.PostAsync($"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/runs", new { requestId = (string?)null }, cancellationToken));
            return ExitCode.Success;
        }));
        return command;
    }
}
