using System.CommandLine;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops ready</c>: whether a process can take requests, for a container's health check and for people.</summary>
internal static class ReadyCommand
{
    public static Command Create()
    {
        var command = new Command("ready", "Ask a process whether it can take requests; 0 when it can, degraded or not.") { ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            if (!Uri.TryCreate(new Uri(arguments.GetValue(ServerOptions.Server)!), "/healthz/ready", out var address))
            {
                throw new CommandException(ExitCode.Usage, "--server is no address.");
            }

            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(8) };
            try
            {
                using var answer = await http.GetAsync(address, cancellationToken);
                var health = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
                if (arguments.GetValue(ServerOptions.Json))
                {
                    Output.Json(health);
                }
                else
                {
                    Output.Line(health.Text("status"));
                    foreach (var check in health.GetProperty("checks").EnumerateObject())
                    {
                        Output.Line($"  {check.Name,-12} {check.Value.Text("status"),-10} {check.Value.TextOr("detail", "")}");
                    }
                }

                return answer.IsSuccessStatusCode ? ExitCode.Success : ExitCode.AnsweredNo;
            }
            catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new CommandException(ExitCode.Unreachable, $"No AlignOps answers at {address}.");
            }
        }));
        return command;
    }
}
