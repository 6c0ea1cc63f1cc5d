using System.Text;
using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Runs;
using AlignOps.Data;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;

namespace AlignOps.Tests.Intake.Compliance;

/// <summary>What asking for a dataset version does, on any database and transport.</summary>
public abstract class DatasetCompliance : IAsyncLifetime
{
    public Task InitializeAsync() => PrepareAsync();

    public abstract Task DisposeAsync();

    protected abstract PlatformOptions Options { get; }

    protected abstract Task PrepareAsync();

    [Fact]
    public async Task Build_NewAndReplayedBatches_VersionIsStoredAndPublished()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var old = await BatchAsync(process, "old", 60);
        var fresh = await BatchAsync(process, "new", 60);

        await SendAsync(process, new BuildDataset("r-1", IntakeProcess.Pipeline, process.DefinitionDigest, [fresh], [old], null, 7));
        var published = await process.Events.NextAsync<DatasetPublished>();

        var manifest = DatasetJson.Read(await process.Get<IBlobStore>().ReadTextAsync(published.DatasetDigest, CancellationToken.None));
        Assert.Equal(("r-1", false, manifest.TrainRows, manifest.HeldOutRows), (published.RunId, published.WithSynthetic, published.TrainRows, published.HeldOutRows));
        Assert.Equal([fresh], manifest.BatchIds);
        Assert.InRange((double)manifest.ReplayRows / manifest.TrainRows, 0.2, 0.25);
        var train = await RowsAsync(process, manifest.Train);
        Assert.Equal(manifest.TrainRows, train.Count);
        Assert.All(train, row => Assert.Equal("", row.Provenance.PushedBy));
        Assert.Equal(published.DatasetDigest, await process.ScalarAsync<string>("select digest from intake_v_datasets where run_id = 'r-1' and with_synthetic = 0"));
    }

    [Fact]
    public async Task Build_WithSyntheticRows_SecondVersionHasThemUpToTheShare()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var batch = await BatchAsync(process, "new", 60);
        await SendAsync(process, new BuildDataset("r-1", IntakeProcess.Pipeline, process.DefinitionDigest, [batch], [], null, 7));
        var first = await process.Events.NextAsync<DatasetPublished>();
        var synthetic = Enumerable.Range(0, 60).Select(i => new FeedbackRow(
            FeedbackKind.Ranking,
            [new ChatMessage("user", $"new {i}")],
            [new Candidate("sampled", 1), new Candidate("sampled too", 0.5)],
            new Provenance("", 0, "synthetic", "sampled", SyntheticDepth: 1)));
        var digest = await process.Get<IBlobStore>().PutTextAsync(Encoding.UTF8.GetString(DatasetJson.WriteRows(synthetic)), CancellationToken.None);

        await SendAsync(process, new BuildDataset("r-1", IntakeProcess.Pipeline, process.DefinitionDigest, [batch], [], digest, 7));
        var second = await process.Events.NextAsync<DatasetPublished>();

        Assert.True(second.WithSynthetic);
        Assert.Equal(first.TrainRows + second.SyntheticRows, second.TrainRows);
        Assert.InRange((double)second.SyntheticRows / second.TrainRows, 0.2, 0.25);
        Assert.Equal(2, await process.ScalarAsync<long>("select count(*) from intake_v_datasets where run_id = 'r-1'"));
    }

    [Fact]
    public async Task Build_SameRowsForAnotherRun_SameDigest()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var batch = await BatchAsync(process, "new", 40);
        foreach (var run in new[] { "r-1", "r-2" })
        {
            await SendAsync(process, new BuildDataset(run, IntakeProcess.Pipeline, process.DefinitionDigest, [batch], [], null, 7));
        }

        Assert.Equal((await process.Events.NextAsync<DatasetPublished>()).DatasetDigest, (await process.Events.NextAsync<DatasetPublished>()).DatasetDigest);
    }

    [Fact]
    public async Task Build_OnlyKindsThatTheMethodDoesNotUse_FailsTheStepAndSaysSo()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var report = await process.AcceptedAsync("""{"prompt":"q","completion":"a","label":true}""");
        await process.Events.NextAsync<BatchAccepted>();

        await SendAsync(process, new BuildDataset("r-1", IntakeProcess.Pipeline, process.DefinitionDigest, [report.BatchId], [], null, 7));
        var failed = await process.Events.NextAsync<StepFailed>();

        Assert.Equal(("r-1", "no-usable-rows"), (failed.RunId, failed.Code));
        Assert.Contains($"1 thumb (line 1 of {report.BatchId})", failed.Reason, StringComparison.Ordinal);
    }

    private static async Task<string> BatchAsync(IntakeProcess process, string name, int rows)
    {
        var report = await process.AcceptedAsync(string.Join(
            '\n', Enumerable.Range(0, rows).Select(i => $$"""{"prompt":"{{name}} {{i}}","chosen":"good {{i}}","rejected":"bad {{i}}"}""")));
        await process.Events.NextAsync<BatchAccepted>();
        return report.BatchId;
    }

    private static async Task SendAsync(IntakeProcess process, BuildDataset command) =>
        await process.Database.WriteAsync(
            async (work, token) =>
            {
                await work.SendAsync(command, $"{command.RunId}/build/{(command.SyntheticDigest is null ? 0 : 1)}", token);
                return true;
            },
            CancellationToken.None);

    private static async Task<IReadOnlyList<FeedbackRow>> RowsAsync(IntakeProcess process, string digest)
    {
        await using var content = await process.Get<IBlobStore>().OpenAsync(digest, CancellationToken.None);
        return await DatasetJson.ReadRowsAsync(content, CancellationToken.None);
    }
}
