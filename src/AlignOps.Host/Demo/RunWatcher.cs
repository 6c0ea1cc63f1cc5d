using System.Text.Json;
using AlignOps.Host.Cli;
using Spectre.Console;

namespace AlignOps.Host.Demo;

/// <summary>Follows a batch's run to its end with a progress bar for each step that takes a while.</summary>
internal sealed class RunWatcher(ServerClient client, string pipeline)
{
    private static readonly (string Kind, string Label)[] Steps =
    [
        ("intake.dataset", "dataset version"),
        ("synthesis.sample", "sampled synthesis"),
        ("training.train", "training"),
        ("evaluation.evaluate", "answers and judging"),
    ];

    private static readonly string[] Ended = ["promoted", "rejected", "inconclusive", "failed", "awaiting-approval"];

    /// <summary>The run that took this batch, once it has ended.</summary>
    public async Task<JsonElement> WatchAsync(string batchId, CancellationToken cancellationToken)
    {
        JsonElement run = default;
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bars = Steps.ToDictionary(step => step.Kind, step => progress.AddTask($"  {step.Label,-20}", autoStart: false));
                while (true)
                {
                    run = await FindAsync(batchId, cancellationToken);
                    if (run.ValueKind == JsonValueKind.Object)
                    {
                        await ShowAsync(run.Text("runId"), bars, cancellationToken);
                        if (Ended.Contains(run.Text("state")))
                        {
                            return;
                        }
                    }

                    await Task.Delay(150, cancellationToken);
                }
            });
        return run;
    }

    private async Task<JsonElement> FindAsync(string batchId, CancellationToken cancellationToken)
    {
        var runs = await client.GetAsync($"/v1/runs?pipeline={Uri.EscapeDataString(pipeline)}", cancellationToken);
        foreach (var listed in runs.Items())
        {
            var detail = await client.GetAsync($"/v1/runs/{listed.Text("runId")}", cancellationToken);
            if (detail.Items("batchIds").Any(batch => batch.GetString() == batchId))
            {
                return detail.GetProperty("run");
            }
        }

        return default;
    }

    private async Task ShowAsync(string runId, Dictionary<string, ProgressTask> bars, CancellationToken cancellationToken)
    {
        foreach (var job in (await client.GetAsync($"/v1/runs/{runId}/jobs", cancellationToken)).Items())
        {
            if (!bars.TryGetValue(job.Text("kind"), out var bar))
            {
                continue;
            }

            if (!bar.IsStarted)
            {
                bar.StartTask();
            }

            bar.Value = job.Text("state") == "done" ? bar.MaxValue : bar.MaxValue * (job.TryGetProperty("progress", out var fraction) ? fraction.GetDouble() : 0);
        }
    }
}
