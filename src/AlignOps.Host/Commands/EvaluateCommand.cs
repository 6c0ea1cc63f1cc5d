using System.CommandLine;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Evaluation.Results;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Rewards.Code;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops evaluate FILE --model DIR</c>: a policy on a closed benchmark, without the rest of the loop.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = $"Benchmark as JSONL, JSON array or CSV, plain or .gz; formats {string.Join(", ", BenchmarkReader.Names)}." };
        var model = new Option<string?>("--model") { Description = "Hugging Face checkpoint directory." };
        var answers = new Option<FileInfo?>("--answers") { Description = "Score these answers (JSONL of id and answer) instead of asking a model." };
        var interpreter = new Option<string[]>("--interpreter") { Description = "LANGUAGE=/full/path that runs answers that are programs; python3=/usr/bin/python3 if left out." };
        var adapter = new Option<string?>("--adapter") { Description = "PEFT directory on top of it." };
        var format = new Option<string?>("--format") { Description = "Read the file as this format instead of detecting it." };
        var chat = new Option<bool>("--chat") { Description = "Ask through the chat template instead of as plain text." };
        var begin = new Option<bool>("--bos") { Description = "Put the beginning-of-text token before every context." };
        var shots = new Option<FileInfo?>("--shots-file") { Description = "Solved examples, in the benchmark's format." };
        var shotCount = new Option<int>("--shots") { Description = "How many of them stand before each question.", DefaultValueFactory = _ => 5 };
        var limit = new Option<int?>("--limit") { Description = "Only the first items." };
        var maxNewTokens = new Option<int>("--max-new-tokens") { Description = "Longest answer, in tokens.", DefaultValueFactory = _ => 256 };
        var output = new Option<string?>("--output") { Description = "Write what each item came to, as JSONL." };
        var command = new Command("evaluate", "Measure a policy on multiple choice, exact match, pair likelihood, perplexity or followed instructions, by lm-evaluation-harness' definitions, or on programming tasks, run in a sandbox.")
        {
            file, model, answers, interpreter, adapter, format, chat, begin, shots, shotCount, limit, maxNewTokens, output, PolicyEngines.Option, ServerOptions.Json,
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
            settings = settings with { Code = settings.Code.With(Interpreters(arguments.GetValue(interpreter) ?? [])) };
            var result = (arguments.GetValue(model), arguments.GetValue(answers)) switch
            {
                ({ } checkpoint, null) => Run(benchmark, settings, checkpoint, arguments.GetValue(adapter), PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!), cancellationToken),
                (null, { } stored) => await ScoreAsync(benchmark, settings, stored, cancellationToken),
                _ => throw new CommandException(ExitCode.Usage, "Name either a --model to ask or --answers to score."),
            };
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

    private static async Task<BenchmarkResult> ScoreAsync(Benchmark benchmark, BenchmarkSettings settings, FileInfo stored, CancellationToken cancellationToken)
    {
        if (!stored.Exists)
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {stored.FullName}.");
        }

        var (answers, faults) = StoredAnswers.Read(await File.ReadAllTextAsync(stored.FullName, cancellationToken));
        if (faults.Count > 0)
        {
            throw new CommandException(ExitCode.Refused, $"{stored.Name} is no file of answers:\n  {string.Join("\n  ", faults.Take(20))}");
        }

        return benchmark.Items[0] is WrittenItem
            ? StoredAnswers.Score(benchmark, answers, settings, cancellationToken)
            : throw new CommandException(ExitCode.Refused, $"{benchmark.Name} is of format {benchmark.Format}: its answers are likelihoods, which need the model.");
    }

    private static CodeSettings Interpreters(string[] named)
    {
        if (named.Length == 0)
        {
            return CodeSettings.Default;
        }

        var interpreters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in named)
        {
            if (one.IndexOf('=') is not (> 0 and var at) || !one[(at + 1)..].StartsWith('/') || !interpreters.TryAdd(one[..at], one[(at + 1)..]))
            {
                throw new CommandException(ExitCode.Usage, $"'{one}' is no --interpreter: write LANGUAGE=/full/path, each language once.");
            }
        }

        return CodeSettings.Default with { Interpreters = interpreters };
    }

    private static BenchmarkResult Run(Benchmark benchmark, BenchmarkSettings settings, string model, string? adapter, IPolicyEngine engine, CancellationToken cancellationToken)
    {
        using var policy = engine.Load(model, adapter);
        return new BenchmarkRunner(policy, Tokenizer.Load(model), settings).Run(benchmark, _ => { }, cancellationToken);
    }
}
