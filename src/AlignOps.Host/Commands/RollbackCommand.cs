using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops rollback PIPELINE --reason</c>: back to an earlier champion; sets a hold that automation cannot undo.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "The pipeline to roll back." };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log.", Required = true };
        var version = new Option<int?>("--to-version") { Description = "The version to return to; the previous one if left out." };
        var release = new Option<bool>("--release-hold") { Description = "Lift the hold of an earlier rollback instead." };
        var command = new Command("rollback", "Return to an earlier champion and hold it there until a person lifts the hold.")
        {
            pipeline, reason, version, release, ServerOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var path = $"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/" + (arguments.GetValue(release) ? "hold/release" : "rollback");
            var answer = await client.PostAsync(path, new { reason = arguments.GetValue(reason), toVersion = arguments.GetValue(version) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(answer);
            }
            else
            {
                Output.Line(arguments.GetValue(release)
                    ? $"The hold on {arguments.GetValue(pipeline)} is lifted."
                    : $"{arguments.GetValue(pipeline)} serves version {answer.Text("version")} again and is held there. Lift the hold with 'alignops unhold'.");
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
