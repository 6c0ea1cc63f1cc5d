using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops runs</c>: the runs of the loop, newest first.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var pipeline = new Option<string?>("--pipeline") { Description = "Only this pipeline's runs." };
        var state = new Option<string?>("--state") { Description = "Only runs in this state, such as training or rejected." };
        var command = new Command("runs", "List runs, newest first.") { pipeline, state, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            string[] filters = [.. new[] { ("pipeline", arguments.GetValue(pipeline)), ("state", arguments.GetValue(state)) }
                .Where(filter => filter.Item2 is not null).Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}")];
            var runs = await client.GetAsync("/v1/runs" + (filters.Length == 0 ? "" : "?" + string.Join('&', filters)), cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(runs);
                return ExitCode.Success;
            }

            Output.Table(runs.Items(),
                ("run", run => run.Text("runId")),
                ("pipeline", run => run.Text("pipeline")),
                ("trigger", run => run.Text("triggerKind")),
                ("state", run => run.Text("state")),
                ("started", run => run.Moment("startedAt")),
                ("reason", run => run.Text("reason")));
            return ExitCode.Success;
        }));
        return command;
    }
}
