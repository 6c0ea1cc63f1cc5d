using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops push PIPELINE FILE</c>: hands a file of feedback over and prints the row-by-row report.</summary>
internal static class PushCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "Name of the pipeline that learns from it." };
        var file = new Argument<FileInfo>("file") { Description = "JSONL file of feedback, plain or .gz." };
        var format = new Option<string?>("--format") { Description = "Read every row as this format instead of detecting it." };
        var idempotency = new Option<string?>("--idempotency-key") { Description = "Makes a repeated push of the same content a no-op under this name." };
        var command = new Command("push", "Push a batch of feedback; prints what was accepted, duplicate, quarantined or rejected, and why.")
        {
            pipeline, file, format, idempotency, ServerOptions.Json,
        };

        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var source = arguments.GetValue(file)!;
            if (!source.Exists)
            {
                throw new CommandException(ExitCode.NotFound, $"There is no file {source.FullName}.");
            }

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
}
