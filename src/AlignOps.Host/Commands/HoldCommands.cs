using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops hold|unhold PIPELINE --reason</c>: no candidate goes forward until a person lifts the hold.</summary>
internal static class HoldCommands
{
    public static Command Hold() => Create(
        "hold", "Let no candidate go into production until a person lifts the hold. Live rules go on taking bad ones back.",
        (client, path, body, cancellationToken) => client.PostAsync(path, body, cancellationToken),
        pipeline => $"{pipeline} is on hold. What its gate promotes waits. Lift the hold with 'alignops unhold {pipeline} --reason ...'.");

    public static Command Unhold() => Create(
        "unhold", "Lift a hold, a rollback's included. A candidate that waits goes on.",
        (client, path, body, cancellationToken) => client.DeleteAsync(path, body, cancellationToken),
        pipeline => $"The hold on {pipeline} is lifted.");

    private static Command Create(
        string name, string description, Func<ServerClient, string, object, CancellationToken, Task<System.Text.Json.JsonElement>> send, Func<string, string> sentence)
    {
        var pipeline = new Argument<string>("pipeline") { Description = "The pipeline." };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log.", Required = true };
        var command = new Command(name, description) { pipeline, reason, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var answer = await send(client, $"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/hold", new { reason = arguments.GetValue(reason) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(answer);
            }
            else
            {
                Output.Line(sentence(arguments.GetValue(pipeline)!));
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
