using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops gate explain RUN</c>: why a gate said yes, no or not yet.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("run") { Description = "The run whose gate to explain." };
        var explain = new Command("explain", "Print every rule of a gate: metric, observed, bound, n and verdict.") { id, ServerOptions.Json };
        explain.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var record = await client.GetAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(id)!)}/gate", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(record);
            }
            else
            {
                GateRecordView.Print(record);
            }

            return ExitCode.Success;
        }));
        return new Command("gate", "Look at a gate's decision.") { explain };
    }
}
