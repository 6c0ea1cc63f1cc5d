using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops release BATCH --reason</c>: lets a held or undecided batch run again.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id, as the push printed it." };
        var reason = new Option<string>("--reason") { Description = "Why it may go on; kept on the batch's record.", Required = true };
        var command = new Command("release", "Let a held or undecided batch run again, alone.") { batch, reason, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var answer = await client.PostAsync($"/v1/batches/{Uri.EscapeDataString(arguments.GetValue(batch)!)}/release", new { reason = arguments.GetValue(reason) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(answer);
            }
            else
            {
                Output.Line($"Batch {answer.Text("batchId")} of {answer.Text("pipeline")} runs again, alone. 'alignops runs' shows it.");
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
