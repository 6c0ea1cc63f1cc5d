using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>What people do to the deployment in one trial, with the patience that they have when a server is away: push, look, and go back to the base.</summary>
internal sealed class Story(Deployment deployment, World world)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Batches whose push was answered.</summary>
    public List<string> Answered { get; } = [];

    /// <summary>Pushes a batch until it is answered, and waits until it has its final state and the base is champion again.</summary>
    public async Task<(string BatchId, string State)> TellAsync(byte[] content, string key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var report = await InsistAsync(() => deployment.Client.PushAsync(world.Pipeline, key + ".jsonl", content, key, limit.Token), limit.Token);
        var batch = report.Text("batchId");
        Answered.Add(batch);
        string? state;
        while ((state = await InsistAsync(() => deployment.Client.BatchStateAsync(world.Pipeline, batch, limit.Token), limit.Token)) is null or "waiting" or "in-run")
        {
            await Task.Delay(50, limit.Token);
        }

        await InsistAsync(() => deployment.CrownAsync(world, limit.Token), limit.Token);
        return (batch, state);
    }

    /// <summary>Tries again while the server is away or starting.</summary>
    private static async Task<T> InsistAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception fault) when (IsAbsence(fault) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static bool IsAbsence(Exception fault) =>
        fault is CommandException { ExitCode: ExitCode.Unreachable } or HttpRequestException or IOException or JsonException or TaskCanceledException;
}
