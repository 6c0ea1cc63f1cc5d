using System.CommandLine;
using AlignOps.Examples.SupportAssistant.Verifiers;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;
using AlignOps.Platform.Definitions;
using AlignOps.Rewards;
using AlignOps.Training.Command;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Definitions;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops train FILE --model DIR --output DIR</c>: an adapter from a file of feedback, without the rest of the loop.</summary>
internal static class TrainCommand
{
    private static readonly TrainingSection Recipe = new();

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Feedback in any format that a batch may have, plain or .gz." };
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory to start from.", Required = true };
        var output = new Option<string>("--output") { Description = "PEFT directory to write; what an interrupted training left there is resumed.", Required = true };
        var adapter = new Option<string?>("--adapter") { Description = "PEFT directory to continue; a new adapter if left out." };
        var format = new Option<string?>("--format") { Description = "Read every row as this format instead of detecting it." };
        var method = new Option<string>("--method") { Description = "A training method; 'alignops methods' lists them.", DefaultValueFactory = _ => Recipe.Method };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the rows.", DefaultValueFactory = _ => Recipe.Epochs };
        var promptsPerStep = new Option<int>("--prompts-per-step") { Description = "Rows in one optimizer step.", DefaultValueFactory = _ => Recipe.PromptsPerStep };
        var learningRate = new Option<double>("--learning-rate") { Description = "Peak learning rate.", DefaultValueFactory = _ => Recipe.LearningRate };
        var rank = new Option<int>("--rank") { Description = "LoRA rank.", DefaultValueFactory = _ => Recipe.Lora.Rank };
        var alpha = new Option<double>("--alpha") { Description = "LoRA alpha.", DefaultValueFactory = _ => Recipe.Lora.Alpha };
        var maxTokens = new Option<int>("--max-tokens") { Description = "Rows longer than this are skipped and counted.", DefaultValueFactory = _ => Recipe.MaxTokens };
        var seed = new Option<long>("--seed") { Description = "Draws the adapter's first weights and the order of the rows.", DefaultValueFactory = _ => Recipe.Seed };
        var set = new Option<string[]>("--set") { Description = "KEY=VALUE: any key of the section training as in pipeline.yaml, such as dpo.beta=0.2 or lora.targets=[q_proj, v_proj]; once for each key, and it wins over the options above." };
        var heldOut = new Option<double>("--held-out") { Description = "Share of the prompts to measure on instead of training on.", DefaultValueFactory = _ => 0.1 };
        var full = new Option<bool>("--full") { Description = "Train every weight instead of an adapter; the output is a checkpoint." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what the training would be, with an example as the policy will see it and what of it is trained, and what memory it takes; write nothing." };
        var references = new Option<string?>("--reference-cache") { Description = "Folder where the reference policy's scores are kept for other trainings on the same rows and model." };
        var command = new Command("train", "Train a LoRA adapter, or every weight, on a file of feedback, without the rest of the loop. Ctrl-C saves; the same command goes on from there.")
        {
            file, model, output, adapter, method, epochs, promptsPerStep, learningRate, rank, alpha, maxTokens, seed, set, heldOut, format, full, dryRun, references, PolicyEngines.Option, ServerOptions.Json,
        };

        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() => TrainAsync(
            new TrainCommandOptions
            {
                File = arguments.GetValue(file)!,
                Model = arguments.GetValue(model)!,
                Adapter = arguments.GetValue(adapter),
                Output = arguments.GetValue(output)!,
                Format = arguments.GetValue(format),
                HeldOutShare = arguments.GetValue(heldOut),
                ReferenceFolder = arguments.GetValue(references),
                DryRun = arguments.GetValue(dryRun),
                Training = Section(
                [
                    $"method={arguments.GetValue(method)}",
                    FormattableString.Invariant($"epochs={arguments.GetValue(epochs)}"),
                    FormattableString.Invariant($"prompts_per_step={arguments.GetValue(promptsPerStep)}"),
                    FormattableString.Invariant($"learning_rate={arguments.GetValue(learningRate):R}"),
                    FormattableString.Invariant($"max_tokens={arguments.GetValue(maxTokens)}"),
                    FormattableString.Invariant($"seed={arguments.GetValue(seed)}"),
                    FormattableString.Invariant($"lora.rank={arguments.GetValue(rank)}"),
                    FormattableString.Invariant($"lora.alpha={arguments.GetValue(alpha):R}"),
                    .. arguments.GetValue(full) ? [$"adapter={TrainingSection.Full}"] : Array.Empty<string>(),
                    .. arguments.GetValue(set) ?? [],
                ]),
            },
            PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!),
            arguments.GetValue(ServerOptions.Json),
            cancellationToken)));
        return command;
    }

    private static TrainingSection Section(IEnumerable<string> assignments)
    {
        (TrainingSection section, IReadOnlyList<SectionFault> faults) = SectionAssignments.Read<TrainingSection>("training", assignments);
        return faults.Count == 0 ? section : throw new CommandException(ExitCode.Usage, string.Join(" ", faults.Select(fault => fault.Sentence)));
    }

    private static async Task<int> TrainAsync(TrainCommandOptions options, IPolicyEngine engine, bool json, CancellationToken cancellationToken)
    {
        var runner = new TrainCommandRunner(engine, new VerifierCatalogue([new SupportAssistantVerifier(), new SupportFluencyVerifier()]));
        TrainCommandResult result;
        try
        {
            result = await TrainProgress.ShowAsync(json, observer => runner.RunAsync(options, observer, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Interrupted, $"Interrupted; the training is saved in {Path.GetFullPath(options.Output)}. The same command goes on from there.");
        }

        if (result.DryRun is { } dryRun)
        {
            (json ? TrainDryRunView.PrintJson : (Action<TrainDryRun>)TrainDryRunView.Print)(dryRun);
            return ExitCode.Success;
        }

        if (result.Report is not { } report)
        {
            throw new CommandException(ExitOf(result.Code!), $"{result.Reason} [{result.Code}]");
        }

        if (json)
        {
            TrainReportView.PrintJson(report);
        }
        else
        {
            TrainReportView.Print(report);
        }

        return ExitCode.Success;
    }

    private static int ExitOf(string code) => code switch
    {
        "no-rows" => ExitCode.AnsweredNo,
        "file-missing" or "model-missing" or "adapter-missing" => ExitCode.NotFound,
        "invalid-options" or "unknown-format" or "lora-mismatch" or "checkpoint-of-another-training" or "memory-forecast" or "nothing-held-out" or "full-from-adapter" or "full-with-head" or TrainOutput.Taken => ExitCode.Usage,
        _ => ExitCode.Failed,
    };
}
