using AlignOps.Contracts.Batches;
using AlignOps.Tests.Pipelines.Compliance;

namespace AlignOps.EndToEnd.Tests.Pipelines;

public sealed class PostgresLoopTests : LoopCompliance, IAsyncLifetime
{
    private PostgresScratch _scratch = null!;

    public async Task InitializeAsync() => _scratch = await PostgresScratch.CreateAsync();

    public async Task DisposeAsync() => await _scratch.DisposeAsync();

    [Fact]
    public async Task BatchAccepted_TwoProcessesAtOnce_StartOneRunAtATimeAndLoseNoBatch()
    {
        await using var first = await CreateAsync();
        await using var second = await CreateAsync();
        await first.PromoteAsync(1);
        var batches = Enumerable.Range(1, 20).Select(number => $"b-{number:x16}").ToArray();

        await Task.WhenAll(batches.SelectMany(batch => new[] { first, second }.Select(process => Task.Run(
            () => process.DeliverAsync(new BatchAccepted(batch, LoopDriver.Pipeline, "hash", 10, "product"))))));
        Assert.Single(await first.RunsAsync());
        await first.PumpAsync();

        var runs = await first.RunsAsync();
        Assert.Equal(2, runs.Count);
        foreach (var batch in batches)
        {
            Assert.Equal("learned", (await second.BatchAsync(batch)).State);
        }
    }

    private protected override Task<LoopDriver> CreateAsync(string yaml = "pipeline: support\n") => LoopDriver.CreateAsync(yaml, _scratch.ConnectionString);
}
