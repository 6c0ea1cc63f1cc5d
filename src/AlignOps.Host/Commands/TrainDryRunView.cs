using System.Globalization;
using System.Text.Json;
using AlignOps.Data.Checks;
using AlignOps.Host.Cli;
using AlignOps.Training.Command;

namespace AlignOps.Host.Commands;

/// <summary>What a training would be, for people and for programs.</summary>
internal static class TrainDryRunView
{
    // Around what is trained; neither stands in texts by custom, and both are plain on a terminal without colours.
    private const char Opens = '⟦';
    private const char Closes = '⟧';

    public static void Print(TrainDryRun run)
    {
        TrainReportView.PrintRows(run.Rows, run.Faults, run.Skipped, run.FirstRows);
        Output.Line($"Would train on {run.Examples} rows in {run.Steps} steps and measure on {run.HeldOut}. An epoch is {run.EpochTokens} tokens, {run.TrainedTokens} of them trained; the longest text has {run.LongestExample}.");
        Output.Line($"Memory: {run.Memory}{(run.AvailableBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"; there is {bytes / (double)(1L << 30):0.0} GiB{(run.MemoryBytes > bytes ? ", which is not enough" : "")}") : "")}.");
        foreach (RenderedSequence sequence in run.Shown)
        {
            Output.Line("");
            Output.Line($"Row {sequence.Row[..Math.Min(12, sequence.Row.Length)]}, answer {sequence.Candidate + 1}{Judged(sequence)}: {Count(sequence, _ => true)} tokens, {Count(sequence, span => span.Trained)} trained, between {Opens} and {Closes}{(sequence.Trains ? "" : "; scored for what the loss needs to know")}");
            Output.Line("  " + string.Concat(sequence.Spans.Select(Text)).ReplaceLineEndings("\n  "));
        }
    }

    public static void PrintJson(TrainDryRun run) => Output.Json(JsonSerializer.SerializeToElement(
        new
        {
            rows = run.Rows.ToDictionary(pair => pair.Key.Name(), pair => pair.Value),
            faults = run.Faults.Select(fault => new { fault.Line, verdict = fault.Verdict.Name(), fault.Fault!.Reason, fault.Fault.Sentence }),
            run.Skipped,
            run.FirstRows,
            run.Examples,
            run.HeldOut,
            run.Steps,
            run.EpochTokens,
            run.TrainedTokens,
            run.LongestExample,
            run.MemoryBytes,
            run.AvailableBytes,
            run.Shown,
        },
        JsonSerializerOptions.Web));

    private static string Text(RenderedSpan span) => span switch
    {
        { Trained: false } => span.Text,
        { Weight: 1 } => $"{Opens}{span.Text}{Closes}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Opens}{span.Weight:0.###}× {span.Text}{Closes}"),
    };

    private static string Judged(RenderedSequence sequence) => sequence switch
    {
        { Label: { } up } => up ? " (thumb up)" : " (thumb down)",
        { Score: { } score } => string.Create(CultureInfo.InvariantCulture, $" (score {score:0.###})"),
        _ => "",
    };

    private static int Count(RenderedSequence sequence, Func<RenderedSpan, bool> which) => sequence.Spans.Where(which).Sum(span => span.Tokens.Count);
}
