using System.CommandLine;
using System.Text;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Formats;
using AlignOps.Data.Formats.Writing;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops convert FILE --to FORMAT</c>: feedback in one format written in another, without a server and without loss.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "File of feedback in any format that a batch may have, plain or .gz." };
        var to = new Option<string>("--to") { Description = $"One of {string.Join(", ", FeedbackWriter.Names)}.", Required = true };
        var output = new Option<string>("--output") { Description = "File to write.", Required = true };
        var format = new Option<string?>("--format") { Description = "Read every row as this format instead of detecting it." };
        var command = new Command("convert", "Write feedback in another format. Rows that it cannot hold without loss are counted and left out.") { file, to, output, format };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() =>
            ConvertAsync(arguments.GetValue(file)!, arguments.GetValue(to)!, arguments.GetValue(output)!, arguments.GetValue(format), cancellationToken)));
        return command;
    }

    private static async Task<int> ConvertAsync(FileInfo file, string to, string output, string? format, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {file.FullName}.");
        }

        if (!FeedbackWriter.Names.Contains(to) || (format is not null && FeedbackFormats.Canonical(format) is null))
        {
            throw new CommandException(ExitCode.Usage, $"There is no such format. --to takes {string.Join(", ", FeedbackWriter.Names)}; --format also {string.Join(", ", FeedbackFormats.Names.Except(FeedbackWriter.Names))}.");
        }

        var contents = await ReadAsync(file, format is null ? null : FeedbackFormats.Canonical(format), cancellationToken);
        var accepted = contents.Outcomes.Where(outcome => outcome.Verdict == RowVerdict.Accepted).ToList();
        string[] lines = [.. accepted.Select(outcome => FeedbackWriter.Write(to, outcome.Row!)).OfType<string>()];
        await File.WriteAllTextAsync(output, string.Concat(lines.Prepend(FeedbackWriter.Header(to)).OfType<string>().Select(line => line + "\n")), new UTF8Encoding(false), cancellationToken);
        foreach (var detected in contents.Detected)
        {
            Output.Line("  read as " + detected);
        }

        Output.Line($"{lines.Length} rows written to {output}; {accepted.Count - lines.Length} that {to} cannot hold; {contents.Outcomes.Count - accepted.Count} that are no sound feedback.");
        foreach (var outcome in contents.Outcomes.Where(outcome => outcome.Fault is not null).Take(20))
        {
            Output.Line($"  line {outcome.Line,4}  {outcome.Verdict.Name(),-11}  {outcome.Fault!.Reason}: {outcome.Fault.Sentence}");
        }

        return lines.Length == 0 ? ExitCode.AnsweredNo : ExitCode.Success;
    }

    private static async Task<BatchContents> ReadAsync(FileInfo file, string? format, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = file.OpenRead();
            await using var content = await ContentStream.OpenAsync(source, ContentLimits.Default, cancellationToken);
            return await new BatchReader(RowLimits.Default, ContentLimits.Default).ReadContentsAsync(content, new BatchSource("", "", format), cancellationToken);
        }
        catch (ContentException fault)
        {
            throw new CommandException(ExitCode.Refused, fault.Message);
        }
    }
}
