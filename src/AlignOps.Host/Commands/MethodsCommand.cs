using System.CommandLine;
using System.Text.Json;
using AlignOps.Host.Cli;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops methods [NAME]</c>: the catalogue of training methods, with no server.</summary>
internal static class MethodsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "A method; left out: all of them, one a line.", DefaultValueFactory = _ => null };
        var markdown = new Option<bool>("--markdown") { Description = "Print it as a Markdown document." };
        var command = new Command("methods", "List the training methods, or print one's page: paper, needs, formula, parameters and defaults.") { name, markdown, ServerOptions.Json };
        command.SetAction(arguments => CommandRunner.RunAsync(() =>
        {
            var methods = Find(arguments.GetValue(name));
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(JsonSerializer.SerializeToElement(methods.Select(MethodView.Shape), JsonSerializerOptions.Web));
            }
            else if (arguments.GetValue(markdown))
            {
                MethodView.Markdown(methods).ToList().ForEach(Output.Line);
            }
            else
            {
                (arguments.GetValue(name) is null ? MethodView.List(methods) : MethodView.Page(methods[0])).ToList().ForEach(Output.Line);
            }

            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static IReadOnlyList<TrainingMethod> Find(string? name) =>
        name is null ? TrainingMethods.All
        : TrainingMethods.Find(name) is { } method ? [method]
        : throw new CommandException(ExitCode.NotFound, $"There is no training method '{name}'; there are {TrainingMethods.Names}.");
}
