using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops judge list PIPELINE</c> and <c>alignops judge qualify PIPELINE JUDGE [--labels FILE]</c>.</summary>
internal static class JudgeCommands
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create() => new("judge", "Which judges may decide, and examine one.") { List(), Qualify() };

    private static Command List()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "Whose judges." };
        var command = new Command("list", "Show a pipeline's judges: digest, standing, last examined, last asked again for drift.") { pipeline, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var judges = await client.GetAsync($"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/judges", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json)) Output.Json(judges);
            else JudgeView.PrintList(judges);
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Qualify()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "The pipeline whose definition names the judge." };
        var judge = new Argument<string>("judge") { Description = "Its name in evaluation.judges." };
        var labels = new Option<string?>("--labels") { Description = "The frozen labelled set: JSONL, JSON or a table of pairs that people compared, or PandaLM's, plain or .gz. Without it the definition's qualification.labels." };
        var output = new Option<string?>("--output") { Description = "Also write the whole result as JSON to this file." };
        var detach = new Option<bool>("--detach") { Description = "Do not wait for the end; 'alignops judge list' tells what came of it." };
        var command = new Command("qualify", "Examine a judge on pairs that people labelled; the result is its certificate.") { pipeline, judge, labels, output, detach, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var file = arguments.GetValue(labels);
            if (file is not null && !File.Exists(file)) throw new CommandException(ExitCode.NotFound, $"There is no labelled set {Path.GetFullPath(file)}.");

            using var client = arguments.Client();
            var path = $"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/judges/{Uri.EscapeDataString(arguments.GetValue(judge)!)}/examinations";
            await using Stream content = file is null ? new MemoryStream() : File.OpenRead(file);
            var examination = await client.UploadAsync(path, content, null, cancellationToken);
            if (!arguments.GetValue(detach)) examination = await WaitAsync(client, examination, cancellationToken);
            if (arguments.GetValue(output) is { } target) await File.WriteAllTextAsync(target, JsonSerializer.Serialize(examination, Indented), cancellationToken);
            if (arguments.GetValue(ServerOptions.Json)) Output.Json(examination);
            else JudgeView.Print(examination);
            return examination.Text("state") == "failed" || (examination.Text("state") == "certified" && examination.Text("qualified") != "true") ? ExitCode.AnsweredNo : ExitCode.Success;
        }));
        return command;
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static async Task<JsonElement> WaitAsync(ServerClient client, JsonElement examination, CancellationToken cancellationToken)
    {
        var said = -1;
        while (examination.Text("state") == "asked")
        {
            await Task.Delay(Pause, cancellationToken);
            examination = await client.GetAsync($"/v1/examinations/{examination.Text("examinationId")}", cancellationToken);
            var tenth = examination.TryGetProperty("fraction", out var fraction) && fraction.ValueKind == JsonValueKind.Number ? (int)(10 * fraction.GetDouble()) : 0;
            if (tenth <= said) continue;
            said = tenth;
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  examination {examination.Text("examinationId")}: {10 * tenth} %"));
        }

        return examination;
    }
}
