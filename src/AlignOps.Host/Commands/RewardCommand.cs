using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Formats;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Rewards;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops reward --model DIR --adapter DIR --file rows.jsonl</c>: what a reward model gives each answer of a file of feedback.</summary>
internal static class RewardCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory that the reward model was trained on.", Required = true };
        var adapter = new Option<string>("--adapter") { Description = "PEFT directory that train --method reward wrote.", Required = true };
        var file = new Option<string>("--file") { Description = "Feedback in any format that a batch may have, plain or .gz.", Required = true };
        var format = new Option<string?>("--format") { Description = "Read every row as this format instead of detecting it." };
        var command = new Command("reward", "Rate the answers of a file of feedback with a trained reward model: a JSON line a row, and how often it agrees with people.")
        {
            model, adapter, file, format, PolicyEngines.Option,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() => RateAsync(
            arguments.GetValue(model)!,
            arguments.GetValue(adapter)!,
            arguments.GetValue(file)!,
            arguments.GetValue(format),
            arguments.GetValue(PolicyEngines.Option)!,
            cancellationToken)));
        return command;
    }

    private static async Task<int> RateAsync(string model, string adapter, string file, string? format, string engine, CancellationToken cancellationToken)
    {
        foreach ((string path, bool there) in new[] { (model, Directory.Exists(model)), (adapter, Directory.Exists(adapter)), (file, File.Exists(file)) })
        {
            if (!there)
            {
                throw new CommandException(ExitCode.NotFound, $"There is no {path}.");
            }
        }

        if (format is not null && FeedbackFormats.Canonical(format) is null)
        {
            throw new CommandException(ExitCode.Usage, $"There is no format '{format}'; there are {string.Join(", ", FeedbackFormats.Names)}.");
        }

        IReadOnlyList<RowOutcome> outcomes;
        await using (FileStream stream = File.OpenRead(file))
        {
            await using ContentStream content = await ContentStream.OpenAsync(stream, ContentLimits.Default, cancellationToken);
            outcomes = await new BatchReader(RowLimits.Default, ContentLimits.Default)
                .ReadAsync(content, new BatchSource(BatchId: "", PushedBy: "", format is null ? null : FeedbackFormats.Canonical(format)), cancellationToken);
        }

        RowOutcome[] accepted = [.. outcomes.Where(o => o is { Verdict: RowVerdict.Accepted, Row: not null })];
        using RewardModelReward reward = RewardModelReward.Load(PolicyEngines.Create(engine), model, adapter);
        RowRatings ratings = RowRatings.Of(reward, [.. accepted.Select(o => o.Row!)]);
        foreach ((RowOutcome outcome, IReadOnlyList<double?> rewards) in accepted.Zip(ratings.Rewards))
        {
            Output.Line(JsonSerializer.Serialize(new { outcome.Line, rewards = rewards.Select(reward => (float?)reward) }, JsonSerializerOptions.Web));
        }

        await Console.Error.WriteLineAsync(Output.Printable(Summary(outcomes.Count, accepted.Length, ratings)));
        return accepted.Length > 0 ? ExitCode.Success : ExitCode.AnsweredNo;
    }

    private static string Summary(int rows, int accepted, RowRatings ratings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{accepted} of {rows} rows rated{(ratings.Pairs == 0 ? "" : $"; {(double)ratings.RightPairs / ratings.Pairs:0.0 %} of {ratings.Pairs} pairs in the order that people gave")}.");
}
