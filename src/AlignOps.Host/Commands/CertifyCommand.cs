using System.CommandLine;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Host.Cli;
using AlignOps.Host.Demo;
using AlignOps.Models.Cpu;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops certify PIPELINE MODEL --reason</c>: a person answers for a model; it becomes champion and anchor.</summary>
internal static class CertifyCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "The pipeline whose champion and anchor it becomes." };
        var model = new Argument<string?>("model") { Description = "A Hugging Face checkpoint folder; it is uploaded.", Arity = ArgumentArity.ZeroOrOne };
        var example = new Option<bool>("--example") { Description = "The small base of the shipped example instead: trained here the first time (a minute or two), kept in --data." };
        var data = new Option<string>("--data") { Description = "Where the example's base is kept.", DefaultValueFactory = _ => ".alignops" };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log.", Required = true };
        var command = new Command("certify", "Make a model the champion and the anchor of a pipeline.") { pipeline, model, example, data, reason, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            if (arguments.GetValue(example) == arguments.GetValue(model) is not null)
            {
                throw new CommandException(ExitCode.Usage, "Name a model's folder, or --example: one of them.");
            }

            var folder = arguments.GetValue(model) ?? await ExampleAsync(arguments.GetValue(data)!, cancellationToken);
            if (!File.Exists(Path.Combine(folder, "config.json")))
            {
                throw new CommandException(ExitCode.NotFound, $"There is no config.json in {Path.GetFullPath(folder)}; a model is a Hugging Face checkpoint folder.");
            }

            using var client = arguments.Client();
            var stored = await client.SendModelAsync(folder, cancellationToken);
            var champion = await client.PostAsync(
                $"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/champion", new { checkpoint = stored.Text("checkpoint"), reason = arguments.GetValue(reason) }, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(champion);
            }
            else
            {
                Output.Line($"Version {champion.Text("version")} of {arguments.GetValue(pipeline)} is {stored.Text("checkpoint")[..8]}, champion and anchor.");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task<string> ExampleAsync(string data, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        var said = -1;
        return await new BaseModel(new CpuPolicyEngine(), new BaseRecipe()).EnsureAsync(
            data,
            (step, steps, loss) =>
            {
                var tenth = 10 * step / steps;
                if (tenth > said)
                {
                    said = tenth;
                    Console.Error.WriteLine($"  training the example's base: {tenth * 10} % (loss {loss:0.00})");
                }
            },
            cancellationToken);
    }
}
