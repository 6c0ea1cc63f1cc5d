using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Loop;

/// <summary>What a product team and an ops engineer do to a running AlignOps, over HTTP alone.</summary>
/// <param name="urlOf">Address of the process that hosts a role.</param>
internal sealed class LoopClient(Func<string, Uri> urlOf)
{
    private static readonly string[] Ended = ["promoted", "rejected", "inconclusive", "failed", "awaiting-approval"];

    public async Task<JsonElement> PushAsync(string pipeline, string name, byte[] content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var client = Client("intake");
        using var body = new MemoryStream(content);
        return await client.UploadAsync($"/v1/pipelines/{pipeline}/batches?name={Uri.EscapeDataString(name)}", body, idempotencyKey, cancellationToken);
    }

    public async Task<JsonElement> CertifyAsync(string pipeline, string checkpoint, CancellationToken cancellationToken)
    {
        using var client = Client("promotion");
        return await client.PostAsync($"/v1/pipelines/{pipeline}/champion", new { checkpoint, adapter = (string?)null, reason = "base of the proof" }, cancellationToken);
    }

    public async Task<JsonElement> ChampionAsync(string pipeline, CancellationToken cancellationToken)
    {
        using var client = Client("promotion");
        return await client.GetAsync($"/v1/pipelines/{pipeline}/champion", cancellationToken);
    }

    public async Task<IReadOnlyList<JsonElement>> RunsAsync(string pipeline, CancellationToken cancellationToken)
    {
        using var client = Client("pipelines");
        return [.. (await client.GetAsync($"/v1/runs?pipeline={pipeline}", cancellationToken)).Items()];
    }

    public async Task<JsonElement> GateAsync(string runId, CancellationToken cancellationToken)
    {
        using var client = Client("promotion");
        return await client.GetAsync($"/v1/runs/{runId}/gate", cancellationToken);
    }

    /// <summary>The run that holds a batch, once it has ended.</summary>
    public async Task<JsonElement> WaitForBatchAsync(string pipeline, string batchId, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        using var client = Client("pipelines");
        while (true)
        {
            foreach (var listed in await RunsAsync(pipeline, timeout.Token))
            {
                if (!Ended.Contains(listed.Text("state")))
                {
                    continue;
                }

                var detail = await client.GetAsync($"/v1/runs/{listed.Text("runId")}", timeout.Token);
                if (detail.Items("batchIds").Any(batch => batch.GetString() == batchId))
                {
                    return detail.GetProperty("run");
                }
            }

            await Task.Delay(100, timeout.Token);
        }
    }

    private ServerClient Client(string role) => new(urlOf(role).ToString(), null);
}
