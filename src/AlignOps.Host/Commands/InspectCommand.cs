using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlignOps.Host.ByHand;
using AlignOps.Host.Cli;
using AlignOps.Models.Inspection;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops inspect DIR</c>: what a checkpoint or an adapter is, as its files say.</summary>
internal static class InspectCommand
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var directory = new Argument<string>("dir") { Description = "Hugging Face checkpoint or PEFT adapter directory." };
        var tensors = new Option<bool>("--tensors") { Description = "List every tensor, too." };
        var digest = new Option<bool>("--digest") { Description = "Hash the weights and hold the manifest to them." };
        var command = new Command("inspect", "Tell what a checkpoint or an adapter is: family, shapes, parameters, dtypes, tokenizer, chat template, manifest. 1 where something in it does not hold together.")
        {
            directory, tensors, digest, ServerOptions.Json,
        };
        command.SetAction(arguments => CommandRunner.RunAsync(() =>
        {
            string path = arguments.GetValue(directory)!;
            ModelFacts facts = ModelInspector.Inspect(path, arguments.GetValue(digest))
                ?? throw new CommandException(ExitCode.NotFound, $"{path} holds neither config.json nor adapter_config.json. [not-a-model]");
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(Json(facts));
            }
            else
            {
                foreach (string line in ModelFactsView.Lines(facts, arguments.GetValue(tensors)))
                {
                    Output.Line(line);
                }
            }

            return Task.FromResult(facts.Faults.Count == 0 ? ExitCode.Success : ExitCode.AnsweredNo);
        }));
        return command;
    }

    /// <summary>The facts as records have them; faults with their names.</summary>
    public static JsonElement Json(ModelFacts facts) => JsonSerializer.SerializeToElement(
        new
        {
            facts.Kind,
            facts.Config,
            facts.Weights,
            facts.Lora,
            facts.Tokenizer,
            facts.Digest,
            facts.Manifest,
            faults = facts.Faults.Select(fault => new { fault.Reason, fault.Sentence }),
        },
        Web);
}
