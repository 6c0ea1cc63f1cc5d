using System.Globalization;
using System.Text.Json;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Host.Cli;
using AlignOps.Training.Command;
using AlignOps.Training.Examples;

namespace AlignOps.Host.Commands;

/// <summary>A finished training, for people and for programs.</summary>
internal static class TrainReportView
{
    private const int FaultsShown = 20;

    public static void Print(TrainCommandReport report)
    {
        PrintRows(report.Rows, report.Faults, report.Skipped, report.FirstRows);
        Output.Line(string.Create(CultureInfo.InvariantCulture,
            $"Trained on {report.Examples} rows in {report.Steps} steps and {report.Tokens} tokens; the last loss is {report.FinalLoss:0.0000}."));
        if (report.HeldOut.Outcomes.Count > 0)
        {
            Output.Line(string.Create(CultureInfo.InvariantCulture,
                $"Held out: {report.HeldOut.Outcomes.Count} rows{Likelihood(report)}{Ordered(report)}."));
        }

        string kept = report.KeptStep == report.Steps ? "" : $" as it was after step {report.KeptStep}, its best,";
        Output.Line($"The {(report.Full ? "checkpoint" : "adapter")} stands{kept} in {Path.GetFullPath(report.AdapterDirectory)}, what each step did in {Path.GetFileName(report.MetricsFile)}.");
    }

    public static void PrintRows(
        IReadOnlyDictionary<RowVerdict, int> rows,
        IReadOnlyList<RowOutcome> faults,
        IReadOnlyDictionary<string, int> skipped,
        IReadOnlyDictionary<string, IReadOnlyList<string>> firstRows)
    {
        Output.Line($"{rows.Values.Sum()} rows: {string.Join(", ", Enum.GetValues<RowVerdict>().Select(verdict => $"{rows.GetValueOrDefault(verdict)} {verdict.Name()}"))}.");
        foreach (var fault in faults.Take(FaultsShown))
        {
            Output.Line($"  line {fault.Line,4}  {fault.Verdict.Name(),-11}  {fault.Fault!.Reason}: {fault.Fault.Sentence}");
        }

        if (faults.Count > FaultsShown)
        {
            Output.Line($"  and {faults.Count - FaultsShown} more; --json lists them all.");
        }

        foreach (var (reason, count) in skipped)
        {
            Output.Line($"  {count,9}  accepted and not used: {reason}{(SkipReasons.Sentence(reason) is { } sentence ? $" ({sentence})" : "")}{(firstRows.GetValueOrDefault(reason) is { } first ? $"; first {string.Join(", ", first)}" : "")}");
        }
    }

    public static void PrintJson(TrainCommandReport report) => Output.Json(JsonSerializer.SerializeToElement(
        new
        {
            rows = report.Rows.ToDictionary(pair => pair.Key.Name(), pair => pair.Value),
            faults = report.Faults.Select(fault => new { fault.Line, verdict = fault.Verdict.Name(), fault.Fault!.Reason, fault.Fault.Sentence }),
            report.Skipped,
            report.FirstRows,
            report.Examples,
            report.Steps,
            report.Tokens,
            report.FinalLoss,
            report.KeptStep,
            heldOut = new
            {
                rows = report.HeldOut.Outcomes.Count,
                report.HeldOut.Pairs,
                report.HeldOut.PreferenceAccuracy,
                report.HeldOut.MeanNegativeLogLikelihood,
            },
            adapter = report.AdapterDirectory,
            metrics = report.MetricsFile,
        },
        JsonSerializerOptions.Web));

    /// <summary>Nothing of a reward model, which gives answers no probability.</summary>
    private static string Likelihood(TrainCommandReport report) => report.HeldOut.MeanNegativeLogLikelihood is { } nats
        ? string.Create(CultureInfo.InvariantCulture, $", {nats:0.0000} nats per token of the best answers")
        : "";

    private static string Ordered(TrainCommandReport report) => report.HeldOut.PreferenceAccuracy is { } accuracy
        ? string.Create(CultureInfo.InvariantCulture, $", {accuracy:0.0 %} of {report.HeldOut.Pairs} pairs in the right order")
        : "";
}
