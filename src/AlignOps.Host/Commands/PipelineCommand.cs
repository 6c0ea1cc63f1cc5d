using System.CommandLine;
using System.Text.Json;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Pipelines.Definitions;
using AlignOps.Platform.Definitions;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops pipeline validate PATH</c> and <c>alignops pipeline schema</c>: a definition's faults and its form, with no server.</summary>
internal static class PipelineCommand
{
    public static Command Create() => new("pipeline", "Check pipeline definitions, here and now.") { Validate(), Schema() };

    private static Command Validate()
    {
        var path = new Argument<string>("path") { Description = "A pipeline's folder, its pipeline.yaml, or a folder of pipelines." };
        var command = new Command("validate", "Print every fault with file, line, column, key and remedy; exit code 1 where there is one.") { path, ServerOptions.Json };
        command.SetAction(arguments => CommandRunner.RunAsync(async () =>
        {
            var folders = Folders(arguments.GetValue(path)!);
            await using var application = AlignOpsServer.Build(AlignOpsServer.Unstarted, null);
            var loader = application.Services.GetRequiredService<PipelineLoader>();
            var read = folders.Select(folder => (File: Path.Combine(folder, "pipeline.yaml"), Faults: loader.Validate(folder))).ToArray();
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(JsonSerializer.SerializeToElement(
                    read.Select(one => new { one.File, Valid = one.Faults.Count == 0, Faults = one.Faults.Select(fault => new { fault.Line, fault.Column, Key = fault.Path, fault.Sentence }) }), JsonSerializerOptions.Web));
            }
            else
            {
                Print(read);
            }

            return read.All(one => one.Faults.Count == 0) ? ExitCode.Success : ExitCode.AnsweredNo;
        }));
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of pipeline.yaml, for editors.");
        command.SetAction(_ =>
        {
            Console.Out.Write(PipelineSchema.Text);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(IEnumerable<(string File, IReadOnlyList<SectionFault> Faults)> read)
    {
        foreach (var (file, faults) in read)
        {
            var shown = Path.GetRelativePath(Environment.CurrentDirectory, file);
            if (faults.Count == 0)
            {
                Output.Line($"{shown}: sound");
            }

            foreach (var fault in faults)
            {
                var place = fault.Line == 0 ? "" : $":{fault.Line}:{fault.Column}";
                Output.Line($"{shown}{place}: {(fault.Path.Length == 0 ? "" : fault.Path + ": ")}{fault.Sentence}");
            }
        }
    }

    private static IReadOnlyList<string> Folders(string path)
    {
        if (File.Exists(path))
        {
            return [Path.GetDirectoryName(Path.GetFullPath(path))!];
        }

        if (File.Exists(Path.Combine(path, "pipeline.yaml")))
        {
            return [Path.GetFullPath(path)];
        }

        string[] inside = Directory.Exists(path) ? [.. Directory.GetDirectories(path).Where(folder => File.Exists(Path.Combine(folder, "pipeline.yaml"))).Order(StringComparer.Ordinal)] : [];
        return inside.Length > 0 ? inside : throw new CommandException(ExitCode.NotFound, $"There is no pipeline.yaml in {Path.GetFullPath(path)}. 'alignops init' writes one.");
    }
}
