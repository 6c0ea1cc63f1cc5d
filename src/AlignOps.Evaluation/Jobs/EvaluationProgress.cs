using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Jobs;
using AlignOps.Statistics.Paired;

namespace AlignOps.Evaluation.Jobs;

/// <summary>How many answers of all models are there, and then how the comparisons go.</summary>
internal sealed class EvaluationProgress(IJobProgress progress, int total)
{
    private const int Reports = 100;

    private readonly List<(string Unit, double Outcome)> _outcomes = [];
    private int _before;
    private int _judged;

    /// <summary>What the gate will bet on, so far: a judge that reports after it leaves it on the page.</summary>
    private IEnumerable<double> Outcomes => Clusters.Means(_outcomes).Select(mean => Math.Round(mean, 4));

    /// <summary>A model is done: later counts start behind its draws.</summary>
    public void Skip(int draws) => _before += draws;

    public Task AnsweredAsync(string model, int done, CancellationToken cancellationToken) =>
        progress.ReportAsync((double)(_before + done) / total, JsonSerializer.Serialize(new { model, answers = _before + done, of = total }), cancellationToken);

    /// <summary>A judge that reports has done so many pairs.</summary>
    public Task ReportedAsync(string judge, int done, int of, CancellationToken cancellationToken) =>
        done % Math.Max(1, of / Reports) == 0 || done == of
            ? progress.ReportAsync(1, JsonSerializer.Serialize(new { reporting = judge, pairs = done, of, outcomes = Outcomes }), cancellationToken)
            : Task.CompletedTask;

    /// <summary>An item is judged; called in the order of the evidence, so that pages can follow the e-process as the gate will compute it.</summary>
    /// <param name="of">How many items there are to judge.</param>
    public async Task JudgedAsync(EvidenceItem item, int of, CancellationToken cancellationToken)
    {
        if (item.VersusChampion?.Outcome is { } outcome)
        {
            _outcomes.Add((item.Unit, outcome));
        }

        if (++_judged % Math.Max(1, of / Reports) == 0 || _judged == of)
        {
            await progress.ReportAsync(1, JsonSerializer.Serialize(new { judged = _judged, of, outcomes = Outcomes }), cancellationToken);
        }
    }
}
