using System.CommandLine;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops approve|reject RUN --reason</c> and <c>alignops approvals</c>: what waits for people, and their answers.</summary>
internal static class ApprovalCommands
{
    public static Command Approve() => Answer("approve", "Agree to promote a run whose every other rule has passed.");

    public static Command Reject() => Answer("reject", "Refuse a run that awaits approval; its batches are held.");

    public static Command List()
    {
        var pipeline = new Option<string?>("--pipeline") { Description = "Only this pipeline's." };
        var all = new Option<bool>("--all") { Description = "Also those that have ended." };
        var command = new Command("approvals", "List the runs that wait for people.") { pipeline, all, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var query = (arguments.GetValue(all) ? "?" : "?state=awaiting") + (arguments.GetValue(pipeline) is { } one ? $"&pipeline={Uri.EscapeDataString(one)}" : "");
            var approvals = await client.GetAsync("/v1/approvals" + query, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(approvals);
                return ExitCode.Success;
            }

            Output.Table(approvals.Items(),
                ("run", approval => approval.Text("runId")),
                ("pipeline", approval => approval.Text("pipeline")),
                ("state", approval => approval.Text("state")),
                ("given", approval => Given(approval)),
                ("by", approval => string.Join(", ", approval.Items("votes").Select(vote => $"{vote.Text("person")} ({vote.Text("answer")})"))),
                ("until", approval => approval.Moment("expires")),
                ("reason", approval => approval.Text("reason")));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Answer(string verb, string description)
    {
        var run = new Argument<string>("run") { Description = "The run's id, such as r-1f2e3d4c5b6a7980." };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log and on the gate's record.", Required = true };
        var command = new Command(verb, description) { run, reason, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var approval = await client.PostAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(run)!)}/{verb}", new { reason = arguments.GetValue(reason) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(approval);
            }
            else
            {
                Output.Line(approval.Text("state") == "awaiting"
                    ? $"Run {approval.Text("runId")} has {Given(approval)}; it waits for more until {approval.Moment("expires")}."
                    : $"Run {approval.Text("runId")} is {approval.Text("state")}. {approval.Text("reason")}");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static string Given(JsonElement approval) => $"{approval.Text("given")} of {approval.Text("needed")} {approval.Text("role")}";
}
