using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Telemetry;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops push PIPELINE FILE</c>: hands a file of feedback over, or the thumbs given in serving, and prints the row-by-row report.</summary>
internal static class PushCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "Name of the pipeline that learns from it." };
        var file = new Argument<FileInfo?>("file") { Description = "File of feedback: JSONL, JSON or CSV, plain or .gz.", Arity = ArgumentArity.ZeroOrOne };
        var served = new Option<bool>("--from-serving") { Description = "Instead of a file, push the thumbs that people gave in serving and that no batch has yet." };
        var format = new Option<string?>("--format") { Description = "Read every row as this format instead of detecting it." };
        var idempotency = new Option<string?>("--idempotency-key") { Description = "Makes a repeated push of the same content a no-op under this name." };
        var command = new Command("push", "Push a batch of feedback; prints what was accepted, duplicate, quarantined or rejected, and why.")
        {
            pipeline, file, format, idempotency, served, ServerOptions.Json,
        };

        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var source = arguments.GetValue(file);
            if (arguments.GetValue(served) == source is not null)
            {
                throw new CommandException(ExitCode.Usage, "Name a file, or --from-serving instead of one.");
            }

            if (source is null)
            {
                return await PushServedAsync(arguments.Client(), arguments.GetValue(pipeline)!, arguments.GetValue(ServerOptions.Json), cancellationToken);
            }

            if (!source.Exists)
            {
                throw new CommandException(ExitCode.NotFound, $"There is no file {source.FullName}.");
            }

            using var telemetry = CommandTelemetry.Start("alignops push");
            using var client = arguments.Client();
            await using var content = source.OpenRead();
            var query = $"?name={Uri.EscapeDataString(source.Name)}" + (arguments.GetValue(format) is { } forced ? $"&format={Uri.EscapeDataString(forced)}" : "");
            var report = await client.UploadAsync(
                $"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/batches{query}", content, arguments.GetValue(idempotency), cancellationToken);

            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(report);
            }
            else
            {
                BatchReportView.Print(report);
            }

            return report.TextOr("accepted", "0") == "0" ? ExitCode.AnsweredNo : ExitCode.Success;
        }));
        return command;
    }

    private static async Task<int> PushServedAsync(ServerClient client, string pipeline, bool json, CancellationToken cancellationToken)
    {
        using (client)
        {
            var reports = await client.PostAsync($"/v1/pipelines/{Uri.EscapeDataString(pipeline)}/feedback/gather?from=serving", new { }, cancellationToken);
            if (json)
            {
                Output.Json(reports);
            }
            else if (!reports.Items().Any())
            {
                Output.Line("No thumb was given that no batch has yet.");
            }

            foreach (var report in json ? [] : reports.Items())
            {
                BatchReportView.Print(report);
            }

            return reports.Items().Any() ? ExitCode.Success : ExitCode.AnsweredNo;
        }
    }
}
