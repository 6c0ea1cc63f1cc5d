using System.CommandLine;
using AlignOps.Host.ByHand;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops score --model DIR --file FILE</c>: token ids and log-probabilities of texts and conversations, as JSONL.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory.", Required = true };
        var adapter = new Option<string?>("--adapter") { Description = "PEFT directory on top of it; a reward model's gives rewards instead." };
        var file = new Option<string>("--file") { Description = "JSONL of {\"prompt\", \"completion\"}, {\"messages\"} or {\"tokens\", \"prompt_tokens\"} rows; - reads standard input.", Required = true };
        var strict = new Option<bool>("--strict") { Description = "A bad row ends the command before anything is scored." };
        var command = new Command("score", "Print each row's token ids and the log-probabilities of its completion or its assistant turns, as JSONL. Bad rows are told on standard error.")
        {
            model, adapter, file, strict, PolicyEngines.Option,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            IPolicyEngine engine = PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!);
            string checkpoint = arguments.GetValue(model)!;
            RowEncoder encoder = LoadedPolicy.Encoder(checkpoint);
            var rows = await RowFile.ReadAsync(arguments.GetValue(file)!, encoder.ForScoring, arguments.GetValue(strict), cancellationToken);
            if (rows.Count == 0)
            {
                return ExitCode.AnsweredNo;
            }

            foreach (string line in ScoredRows.Lines(engine, checkpoint, arguments.GetValue(adapter), rows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Console.Out.WriteLine(line);
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
