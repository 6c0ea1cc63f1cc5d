using System.CommandLine;
using System.Text;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops labels ask|list|show|export|import</c>: people as judges.</summary>
internal static class LabelsCommand
{
    public static Command Create() => new("labels", "Ask people which answers are better, and see what they say of the judge.") { Ask(), List(), Show(), Export(), Import() };

    private static Command Ask()
    {
        var run = Run();
        var items = new Option<int>("--items") { Description = "Pairs of answers to be labelled, the judge's most uncertain ones first.", DefaultValueFactory = _ => 40 };
        var each = new Option<int>("--people") { Description = "People a pair.", DefaultValueFactory = _ => 1 };
        var days = new Option<double>("--days") { Description = "How long they have for it.", DefaultValueFactory = _ => 7 };
        var command = new Command("ask", "Put a decided run's pairs of answers into the people's queue.") { run, items, each, days, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var round = await client.PostAsync(Path(arguments.GetValue(run)!), new { items = arguments.GetValue(items), peopleEach = arguments.GetValue(each), days = arguments.GetValue(days) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json)) Output.Json(round);
            else Output.Line($"{round.Text("wanted")} pairs of run {round.Text("runId")} wait for people at {arguments.GetValue(ServerOptions.Server)}/label.");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command List()
    {
        var pipeline = new Argument<string?>("pipeline") { Description = "Only this pipeline's.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List the runs that people were asked about.") { pipeline, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var rounds = await client.GetAsync(arguments.GetValue(pipeline) is { } name ? $"/v1/labels?pipeline={Uri.EscapeDataString(name)}" : "/v1/labels", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(rounds);
                return ExitCode.Success;
            }

            Output.Table(rounds.Items(),
                ("run", round => round.Text("runId")),
                ("pipeline", round => round.Text("pipeline")),
                ("state", round => round.Text("state")),
                ("wanted", round => round.Text("wanted")),
                ("answered", round => round.GetProperty("items").Text("answered")),
                ("waiting", round => round.GetProperty("items").Text("waiting")),
                ("the gate waits", round => round.Text("forGate")),
                ("asked by", round => round.Text("askedBy")));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Show()
    {
        var run = Run();
        var command = new Command("show", "Show what people say of a run beside what its judge says.") { run, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var report = await client.GetAsync(Path(arguments.GetValue(run)!), cancellationToken);
            if (arguments.GetValue(ServerOptions.Json)) Output.Json(report);
            else LabelsView.Print(report);
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Export()
    {
        var run = Run();
        var kind = new Option<string>("--as")
        {
            Description = "queue: pairs that wait, blind, for people elsewhere. labels: what each person said. pairs: a labelled set to qualify judges on. feedback: preferences to learn from.",
            DefaultValueFactory = _ => "labels",
        };
        var output = new Option<string>("--output") { Description = "JSONL file to write.", Required = true };
        var accept = new Option<bool>("--accept-learning-the-suite") { Description = "With --as feedback: the questions are the suite's, and a model that learns them is examined on what it was told." };
        var command = new Command("export", "Write a run's labels, or the pairs that wait for them, to a file.") { run, kind, output, accept };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var query = $"?as={Uri.EscapeDataString(arguments.GetValue(kind)!)}" + (arguments.GetValue(accept) ? "&accept=true" : "");
            var lines = await client.GetTextAsync($"{Path(arguments.GetValue(run)!)}/export{query}", cancellationToken);
            await File.WriteAllTextAsync(arguments.GetValue(output)!, lines, new UTF8Encoding(false), cancellationToken);
            Output.Line($"{lines.Count(letter => letter == '\n')} rows written to {arguments.GetValue(output)}.");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "Labels made elsewhere: JSONL, JSON, CSV or TSV with itemId and choice; person, firstLevel and secondLevel where they stand." };
        var command = new Command("import", "Take labels that people gave elsewhere; prints what became of every row.") { file, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var source = arguments.GetValue(file)!;
            if (!source.Exists) throw new CommandException(ExitCode.NotFound, $"There is no file {source.FullName}.");
            using var client = arguments.Client();
            await using var content = source.OpenRead();
            var report = await client.UploadAsync("/v1/labels/import", content, null, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(report);
            }
            else
            {
                Output.Line($"{report.Text("accepted")} labels accepted, {report.Text("rejected")} rejected.");
                foreach (var row in report.Items("rows").Where(row => row.Text("verdict") == "rejected").Take(20)) Output.Line($"  line {row.Text("line"),4}  {row.Text("reason")}: {row.Text("sentence")}");
            }

            return report.Text("accepted") == "0" ? ExitCode.AnsweredNo : ExitCode.Success;
        }));
        return command;
    }

    private static Argument<string> Run() => new("run") { Description = "The run's id, such as r-1f2e3d4c5b6a7980." };

    private static string Path(string run) => $"/v1/runs/{Uri.EscapeDataString(run)}/labels";
}
