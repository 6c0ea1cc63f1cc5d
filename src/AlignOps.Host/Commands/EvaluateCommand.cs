using System.CommandLine;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Evaluation.Results;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops evaluate FILE --model DIR</c>: a policy on a closed benchmark, without the rest of the loop.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = $"Benchmark as JSONL, JSON array or CSV, plain or .gz; formats {string.Join(", ", BenchmarkReader.Names)}." };
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory.", Required = true };
        var adapter = new Option<string?>("--adapter") { Description = "PEFT directory on top of it." };
        var format = new Option<string?>("--format") { Description = "Read the file as this format instead of detecting it." };
        var chat = new Option<bool>("--chat") { Description = "Ask through the chat template instead of as plain text." };
        var begin = new Option<bool>("--bos") { Description = "Put the beginning-of-text token before every context." };
        var shots = new Option<FileInfo?>("--shots-file") { Description = "Solved examples, in the benchmark's format." };
        var shotCount = new Option<int>("--shots") { Description = "How many of them stand before each question.", DefaultValueFactory = _ => 5 };
        var limit = new Option<int?>("--limit") { Description = "Only the first items." };
        var maxNewTokens = new Option<int>("--max-new-tokens") { Description = "Longest answer, in tokens.", DefaultValueFactory = _ => 256 };
        var output = new Option<string?>("--output") { Description = "Write what each item came to, as JSONL." };
        var command = new Command("evaluate", "Measure a policy on multiple choice, exact match, pair likelihood or perplexity, by lm-evaluation-harness' definitions.")
        {
            file, model, adapter, format, chat, begin, shots, shotCount, limit, maxNewTokens, output, PolicyEngines.Option, ServerOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var benchmark = await ReadAsync(arguments.GetValue(file)!, arguments.GetValue(format), cancellationToken);
            var solved = arguments.GetValue(shots) is { } path ? await ReadAsync(path, benchmark.Format, cancellationToken) : null;
            var settings = new BenchmarkSettings
            {
                Chat = arguments.GetValue(chat),
                BeginOfText = arguments.GetValue(begin),
                Limit = arguments.GetValue(limit),
                MaxNewTokens = arguments.GetValue(maxNewTokens),
                Shots = [.. (solved?.Items ?? []).Take(arguments.GetValue(shotCount))],
            };
            var result = Run(benchmark, settings, arguments.GetValue(model)!, arguments.GetValue(adapter), PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!), cancellationToken);
            if (arguments.GetValue(output) is { } target)
            {
                await File.WriteAllTextAsync(target, BenchmarkResults.Write(result), cancellationToken);
            }

            BenchmarkView.Print(result, arguments.GetValue(ServerOptions.Json));
            return result.Unscored == result.Items.Count ? ExitCode.AnsweredNo : ExitCode.Success;
        }));
        return command;
    }

    private static async Task<Benchmark> ReadAsync(FileInfo file, string? format, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {file.FullName}.");
        }

        if (format is not null && !BenchmarkReader.Names.Contains(format))
        {
            throw new CommandException(ExitCode.Usage, $"There is no format '{format}'; there are {string.Join(", ", BenchmarkReader.Names)}.");
        }

        try
        {
            await using var stream = file.OpenRead();
            var reading = await BenchmarkReader.ReadAsync(stream, file.Name, format, cancellationToken);
            return reading.Benchmark ?? throw new CommandException(ExitCode.Refused, $"{file.Name} is no benchmark as it stands:\n  {string.Join("\n  ", reading.Faults)}");
        }
        catch (ContentException fault)
        {
            throw new CommandException(ExitCode.Refused, $"{file.Name}: {fault.Message}");
        }
    }

    private static BenchmarkResult Run(Benchmark benchmark, BenchmarkSettings settings, string model, string? adapter, IPolicyEngine engine, CancellationToken cancellationToken)
    {
        using var policy = engine.Load(model, adapter);
        return new BenchmarkRunner(policy, Tokenizer.Load(model), settings).Run(benchmark, _ => { }, cancellationToken);
    }
}
