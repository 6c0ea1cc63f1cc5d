using System.Text.Json;
using AlignOps.Platform.Jobs;

namespace AlignOps.Evaluation.Jobs;

/// <summary>How many answers of all models are there.</summary>
internal sealed class EvaluationProgress(IJobProgress progress, int total)
{
    private int _before;

    /// <summary>A model is done: later counts start behind its draws.</summary>
    public void Skip(int draws) => _before += draws;

    public Task AnsweredAsync(string model, int done, CancellationToken cancellationToken) =>
        progress.ReportAsync((double)(_before + done) / total, JsonSerializer.Serialize(new { model, answers = _before + done, of = total }), cancellationToken);
}
