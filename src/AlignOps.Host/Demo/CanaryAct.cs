using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using Spectre.Console;

namespace AlignOps.Host.Demo;

/// <summary>
/// The fourth act: a candidate is better on everything its suites ask and worse on something they do not. Its gate promotes it; a part of the customers meets it,
/// and their thumbs take it back.
/// </summary>
internal sealed class CanaryAct(AlignOpsServer server, ServerClient client, long seed)
{
    public const string Pipeline = "support-app";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<DemoCanary> PlayAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await client.PostAsync($"/v1/pipelines/{Pipeline}/champion", new { checkpoint, adapter = (string?)null, reason = "the demo's base" }, cancellationToken);
        var run = await new Act(client, Pipeline).PlayAsync(FeedbackBatches.Obliging(seed), cancellationToken);
        if (run.Decision != GateDecision.Promote)
        {
            return new DemoCanary(run, "not-deployed", run.Reason, null, null);
        }

        AnsiConsole.WriteLine("  Customers come with requests that should be declined. Whoever is obliged all the same gives a thumb down.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var http = new HttpClient { BaseAddress = server.Url };
        var customers = new AppCustomers(http, Pipeline, seed);
        using var evening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var visits = customers.VisitAsync(evening.Token);
        try
        {
            var returned = customers.UntilServedByTheChampionAgainAsync(limit.Token);
            var deployment = await WatchAsync(run.Run, visits, limit.Token);
            if (deployment.Text("stage") != DeploymentStages.RolledBack)
            {
                return new DemoCanary(run, deployment.Text("stage"), deployment.Text("reason"), null, null);
            }

            await returned;
            var rollback = await RollbackStory.ReadAsync(server.Services, Pipeline, run.Run, limit.Token);
            return new DemoCanary(run, DeploymentStages.RolledBack, deployment.Text("reason"), rollback, await BatchStateAsync(run.Batch, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DemoCanary(run, "undecided", $"The thumbs had not decided after {Patience.TotalMinutes:0} minutes.", null, null);
        }
        finally
        {
            await evening.CancelAsync();
            await visits;
        }
    }

    /// <summary>Follows the evidence until the deployment has ended; a customer who cannot be served ends it too.</summary>
    private async Task<JsonElement> WatchAsync(string runId, Task visits, CancellationToken cancellationToken)
    {
        JsonElement deployment = default;
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("  evidence");
                do
                {
                    if (visits.IsFaulted)
                    {
                        await visits;
                    }

                    await Task.Delay(100, cancellationToken);
                    var all = await client.GetAsync($"/v1/pipelines/{Pipeline}/deployments", cancellationToken);
                    deployment = all.Items().FirstOrDefault(listed => listed.Text("runId") == runId);
                    Show(deployment, bar);
                }
                while (deployment.ValueKind != JsonValueKind.Object || deployment.GetProperty("active").GetBoolean());
            });
        return deployment;
    }

    private static void Show(JsonElement deployment, ProgressTask bar)
    {
        if (deployment.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // The bar is the logarithm's way from 1 to the bound.
        var (value, bound) = (deployment.GetProperty("eValue").GetDouble(), deployment.GetProperty("bound").GetDouble());
        bar.Value = value > 1 && bound > 1 ? Math.Min(100, 100 * Math.Log(value) / Math.Log(bound)) : 0;
        bar.Description = $"  {deployment.Text("stage")}: {deployment.Text("thumbsDown")} of {deployment.GetProperty("thumbsUp").GetInt64() + deployment.GetProperty("thumbsDown").GetInt64()} thumbs down";
    }

    /// <summary>What became of the batch that the candidate had learned from; it hears of the rollback a moment later.</summary>
    private async Task<string> BatchStateAsync(string batchId, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            var states = await client.GetAsync($"/v1/pipelines/{Pipeline}/batches/states", cancellationToken);
            var state = states.Items().FirstOrDefault(batch => batch.Text("batchId") == batchId).Text("state");
            if (state == "held" || look == 50)
            {
                return state;
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
