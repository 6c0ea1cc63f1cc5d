using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops run show RUN</c> and <c>alignops run start PIPELINE</c>.</summary>
internal static class RunCommand
{
    public static Command Create() => new("run", "Look at one run, or ask for one.") { Show(), Start() };

    private static Command Show()
    {
        var id = new Argument<string>("run") { Description = "The run's id, such as r-1f2e3d4c5b6a7980." };
        var command = new Command("show", "Show a run: its state, its batches and every event.") { id, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var run = await client.GetAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(id)!)}", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(run);
                return ExitCode.Success;
            }

            Output.Line($"Run {run.Text("runId")} of {run.Text("pipeline")} ({run.Text("triggerKind")}): {run.Text("state")}");
            Output.Line($"  reason     {run.Text("reason")}");
            Output.Line($"  candidate  {run.Text("candidateAdapter")}");
            Output.Line($"  champion   {run.Text("championAdapter")}");
            Output.Line($"  dataset    {run.Text("datasetDigest")}");
            Output.Line($"  evidence   {run.Text("evidenceDigest")}");
            Output.Table(run.Items("batches"), ("batch", batch => batch.Text("batchId")), ("state", batch => batch.Text("state")), ("reason", batch => batch.Text("reason")));
            Output.Table(run.Items("events"), ("at", one => one.Moment("at")), ("event", one => one.Text("kind")), ("detail", one => one.Text("detail")));
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
            Output.Json(await client.PostAsync($"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/runs", new { }, cancellationToken));
            return ExitCode.Success;
        }));
        return command;
    }
}
