using System.CommandLine;
using AlignOps.Data;
using AlignOps.Host.ByHand;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops generate --model DIR --prompt TEXT</c>: what a policy says, greedily or drawn from a seed.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory.", Required = true };
        var adapter = new Option<string?>("--adapter") { Description = "PEFT directory on top of it." };
        var prompt = new Option<string?>("--prompt") { Description = "A text to go on from, as it is." };
        var message = new Option<string?>("--message") { Description = "What a user says; answered by the chat template." };
        var file = new Option<string?>("--file") { Description = "JSONL of {\"prompt\"}, {\"messages\"} or {\"tokens\"} rows; - reads standard input. Answers are JSONL." };
        var temperature = new Option<double>("--temperature") { Description = "0 is greedy.", DefaultValueFactory = _ => 0 };
        var topP = new Option<double>("--top-p") { Description = "Draw from the fewest tokens that reach this probability.", DefaultValueFactory = _ => 1 };
        var topK = new Option<int>("--top-k") { Description = "Draw from so many of the most likely tokens; 0 is all.", DefaultValueFactory = _ => 0 };
        var seed = new Option<long>("--seed") { Description = "The same seed draws the same tokens.", DefaultValueFactory = _ => 0 };
        var maxTokens = new Option<int>("--max-tokens") { Description = "New tokens at most.", DefaultValueFactory = _ => 128 };
        var samples = new Option<int>("--n") { Description = "Answers to each prompt.", DefaultValueFactory = _ => 1 };
        var strict = new Option<bool>("--strict") { Description = "A bad row ends the command before anything is said." };
        var command = new Command("generate", "Let a policy speak: greedily, or drawn from a seed.")
        {
            model, adapter, prompt, message, file, temperature, topP, topK, seed, maxTokens, samples, strict, PolicyEngines.Option, ServerOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var settings = new GenerationSettings(
                arguments.GetValue(temperature), arguments.GetValue(topP), arguments.GetValue(topK), arguments.GetValue(seed), arguments.GetValue(maxTokens), arguments.GetValue(samples));
            if (string.Join(" ", settings.Faults()) is { Length: > 0 } faults)
            {
                throw new CommandException(ExitCode.Usage, faults);
            }

            IPolicyEngine engine = PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!);
            string checkpoint = arguments.GetValue(model)!;
            RowEncoder encoder = LoadedPolicy.Encoder(checkpoint);
            TextRow? single = (arguments.GetValue(prompt), arguments.GetValue(message), arguments.GetValue(file)) switch
            {
                ({ } text, null, null) => new TextRow(1, null, text, null, null),
                (null, { } said, null) => new TextRow(1, null, null, [new ChatMessage("user", said)], null),
                (null, null, not null) => null,
                _ => throw new CommandException(ExitCode.Usage, "Give one of --prompt, --message and --file."),
            };
            var rows = single is null
                ? await RowFile.ReadAsync(arguments.GetValue(file)!, encoder.ForGeneration, arguments.GetValue(strict), cancellationToken)
                : [(single, Only(encoder, single))];
            if (rows.Count == 0)
            {
                return ExitCode.AnsweredNo;
            }

            bool plain = single is not null && !arguments.GetValue(ServerOptions.Json);
            foreach (GeneratedLine line in GeneratedRows.Lines(engine, checkpoint, arguments.GetValue(adapter), rows, settings, cancellationToken))
            {
                Console.Out.WriteLine(plain && line.Text is { } text ? Output.Printable(text) : line.ToJson());
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static int[] Only(RowEncoder encoder, TextRow row)
    {
        (int[]? tokens, RowFault? fault) = encoder.ForGeneration(row);
        return tokens ?? throw new CommandException(ExitCode.Usage, $"{fault!.Sentence} [{fault.Reason}]");
    }
}
