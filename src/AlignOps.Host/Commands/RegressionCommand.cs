using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops regression RUN</c>: where a candidate is worse, which batches teach that, and twenty answers that show it.</summary>
internal static class RegressionCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("run") { Description = "The run whose candidate to look at." };
        var leaveOut = new Option<bool>("--leave-one-out") { Description = "Train and evaluate again without the batch that stands out most; ask again later for what came of it." };
        var batch = new Option<string?>("--batch") { Description = "The batch to leave out instead; implies --leave-one-out." };
        var command = new Command("regression", "Show where a run's candidate is worse than champion and anchor, and which batches teach that.") { id, leaveOut, batch, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var path = $"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(id)!)}/regression";
            var asked = arguments.GetValue(leaveOut) || arguments.GetValue(batch) is not null
                ? await client.PostAsync($"{path}/trials", new { batchId = arguments.GetValue(batch) }, cancellationToken)
                : await client.GetAsync(path, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(asked);
            }
            else if (asked.TryGetProperty("trialId", out _))
            {
                Output.Line($"{asked.Text("trialId")}: {asked.Text("state")}. 'alignops regression {arguments.GetValue(id)}' tells what comes of it.");
            }
            else
            {
                RegressionView.Print(asked);
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
