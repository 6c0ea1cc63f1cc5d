using AlignOps.Contracts.Runs;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>What leased jobs must do on every database.</summary>
public abstract class JobCompliance
{
    private static readonly string[] Kinds = ["alpha.work"];

    protected abstract Task<Deployment> DeployAsync();

    [Fact]
    public async Task EnqueueAsync_SameKeyTwice_RunsOnceAndCommitsItsResult()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options, AddTestJob);

        await EnqueueAsync(platform, "r-1");
        await EnqueueAsync(platform, "r-1");

        await UntilStateAsync(platform, "r-1", "done");
        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(platform, "alpha", "r-1") == 1, "the job's event arrived");
        Assert.Equal(1, await Effects.CountAsync(platform, "job", "r-1"));
        Assert.Equal(1, await platform.ScalarAsync<long>("select count(*) from platform_v_jobs where state = 'done' and attempt = 1 and fraction = 1"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(deployment.DataFolder, "jobs")));
    }

    [Fact]
    public async Task RepeatAsync_EndedJob_SendsItsResultAsANewMessage()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await PrepareWithJobAsync(deployment, (job, _) => job.RunId == "r-2" ? throw new JobFailedException("no-rows", "None.") : Task.CompletedTask);
        var results = platform.Get<IJobResults>();
        await EnqueueAsync(platform, "r-1");
        await platform.WriteAsync(async work => Assert.False(await results.RepeatAsync(work, "r-1", "alpha", 1, CancellationToken.None)));
        await EnqueueAsync(platform, "r-2");
        Assert.True(await platform.Get<JobWorker>().RunNextAsync(CancellationToken.None));
        Assert.True(await platform.Get<JobWorker>().RunNextAsync(CancellationToken.None));
        await platform.WriteAsync(work => work.Connection.ExecuteAsync("delete from platform_outbox", transaction: work.Transaction));

        await platform.WriteAsync(async work =>
        {
            Assert.False(await results.RepeatAsync(work, "r-1", "beta", 1, CancellationToken.None));
            Assert.True(await results.RepeatAsync(work, "r-1", "alpha", 1, CancellationToken.None));
            Assert.True(await results.RepeatAsync(work, "r-1", "alpha", 1, CancellationToken.None));
            Assert.True(await results.RepeatAsync(work, "r-2", "alpha", 1, CancellationToken.None));
        });

        Assert.Equal(1, await platform.ScalarAsync<long>(
            "select count(*) from platform_outbox where entity <> 'alignops.step-failed' and kind = 'publish' and body like '%r-1%' and message_id = @id",
            new { id = MessageId.For(platform.Get<MessageCatalog>().Describe(typeof(Noted)).Entity, "r-1/worked#1") }));
        Assert.Equal(new StepFailed("r-2", "alpha.work", "no-rows", "None."), await StepFailedAsync(platform));
        Assert.Equal(2, await platform.ScalarAsync<long>("select count(*) from platform_outbox"));
    }

    [Fact]
    public async Task ClaimAsync_LeaseExpired_GoesToAnotherWorkerWithItsCheckpoint()
    {
        var time = new ManualTime();
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options, services => services.AddSingleton<TimeProvider>(time));
        await EnqueueAsync(platform, "r-1");
        var store = platform.Get<JobStore>();

        var stale = await store.ClaimAsync(Kinds, CancellationToken.None);
        Assert.True(await store.CheckpointAsync(stale!, """{"step":7}""", CancellationToken.None));
        Assert.Null(await store.ClaimAsync(Kinds, CancellationToken.None));
        time.Advance(deployment.Options.Lease + TimeSpan.FromMilliseconds(1));
        var taken = await store.ClaimAsync(Kinds, CancellationToken.None);

        Assert.Equal("""{"step":7}""", taken!.Checkpoint);
        Assert.Equal(2, taken.Attempt);
        Assert.True(taken.Fence > stale!.Fence);
        Assert.False(await store.RenewAsync(stale, CancellationToken.None));
        Assert.False(await store.ReportAsync(stale, 0.9, "{}", CancellationToken.None));
        Assert.False(await store.CheckpointAsync(stale, """{"step":8}""", CancellationToken.None));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.CompleteAsync(stale, Result("stale"), CancellationToken.None));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.FailAsync(stale, "x", "y", CancellationToken.None));
        Assert.Equal(0, await Effects.TotalAsync(platform, "job"));
        Assert.Equal(0, await platform.ScalarAsync<long>("select count(*) from platform_outbox"));

        await store.CompleteAsync(taken, Result("taken"), CancellationToken.None);
        Assert.Equal(1, await Effects.CountAsync(platform, "job", "taken"));
        Assert.Equal("""{"step":7}""", await platform.ScalarAsync<string>("select checkpoint from platform_job"));
    }

    [Fact]
    public async Task ClaimAsync_LeaseRenewed_StaysWithItsWorker()
    {
        var time = new ManualTime();
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options, services => services.AddSingleton<TimeProvider>(time));
        await EnqueueAsync(platform, "r-1");
        var store = platform.Get<JobStore>();
        var job = await store.ClaimAsync(Kinds, CancellationToken.None);

        for (var third = 0; third < 9; third++)
        {
            time.Advance(deployment.Options.Lease / 3);
            Assert.True(await store.RenewAsync(job!, CancellationToken.None));
        }

        Assert.Null(await store.ClaimAsync(Kinds, CancellationToken.None));
    }

    [Fact]
    public async Task ClaimAsync_ManyWorkersAtOnce_EachJobIsClaimedOnce()
    {
        const int Jobs = 30;
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);
        for (var i = 0; i < Jobs; i++)
        {
            await EnqueueAsync(platform, $"r-{i}");
        }

        var store = platform.Get<JobStore>();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await store.ClaimAsync(Kinds, CancellationToken.None) is { } job)
            {
                mine.Add(job.RunId);
            }

            return mine;
        })));

        Assert.Equal(Jobs, claimed.Sum(mine => mine.Count));
        Assert.Equal(Jobs, claimed.SelectMany(mine => mine).Distinct().Count());
    }

    [Fact]
    public async Task RunNextAsync_HandlerCannotSucceed_FailsTheRunAtOnce()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await PrepareWithJobAsync(deployment, (_, _) => throw new JobFailedException("no-rows", "The dataset has no rows."));
        await EnqueueAsync(platform, "r-1");

        Assert.True(await platform.Get<JobWorker>().RunNextAsync(CancellationToken.None));

        var failed = await StepFailedAsync(platform);
        Assert.Equal(new StepFailed("r-1", "alpha.work", "no-rows", "The dataset has no rows."), failed);
        Assert.Equal("failed", await StateAsync(platform, "r-1"));
        Assert.Equal(0, await Effects.TotalAsync(platform, "job"));
    }

    [Fact]
    public async Task RunNextAsync_DiskIsFullForLong_WaitsForRoomAndThenIsDone()
    {
        var time = new ManualTime();
        var full = true;
        await using var deployment = await DeployAsync();
        await using var platform = await PrepareWithJobAsync(
            deployment, (_, _) => full ? throw new DiskFullException("/data", new IOException("No space left on device")) : Task.CompletedTask, time);
        await EnqueueAsync(platform, "r-1");
        var worker = platform.Get<JobWorker>();

        for (var attempt = 0; attempt < 8; attempt++)
        {
            Assert.True(await worker.RunNextAsync(CancellationToken.None));
            Assert.Equal("queued", await StateAsync(platform, "r-1"));
            Assert.Contains("disk-full", await platform.ScalarAsync<string>("select error from platform_v_jobs"), StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(16));
        }

        full = false;
        Assert.True(await worker.RunNextAsync(CancellationToken.None));
        Assert.Equal("done", await StateAsync(platform, "r-1"));
    }

    [Fact]
    public async Task RunNextAsync_HandlerThrowsEveryTime_FailsTheRunAfterFiveAttempts()
    {
        var time = new ManualTime();
        var attempts = new List<int>();
        await using var deployment = await DeployAsync();
        await using var platform = await PrepareWithJobAsync(
            deployment,
            (job, _) =>
            {
                attempts.Add(job.Attempt);
                throw new InvalidOperationException("boom");
            },
            time);
        await EnqueueAsync(platform, "r-1");
        var worker = platform.Get<JobWorker>();

        while (await StateAsync(platform, "r-1") != "failed")
        {
            Assert.True(await worker.RunNextAsync(CancellationToken.None));
            Assert.False(await worker.RunNextAsync(CancellationToken.None), "a failed attempt is not tried again at once");
            time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal([1, 2, 3, 4, 5], attempts);
        var failed = await StepFailedAsync(platform);
        Assert.Equal("attempts-exhausted", failed.Code);
        Assert.Contains("boom", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunNextAsync_WorkersDieOverAndOver_FailsTheRunInTheEnd()
    {
        var time = new ManualTime();
        await using var deployment = await DeployAsync();
        await using var platform = await PrepareWithJobAsync(deployment, (_, _) => Task.CompletedTask, time);
        await EnqueueAsync(platform, "r-1");
        var store = platform.Get<JobStore>();
        for (var death = 0; death <= 20; death++)
        {
            Assert.NotNull(await store.ClaimAsync(Kinds, CancellationToken.None));
            time.Advance(deployment.Options.Lease * 2);
        }

        Assert.True(await platform.Get<JobWorker>().RunNextAsync(CancellationToken.None));

        Assert.Equal("worker-lost", (await StepFailedAsync(platform)).Code);
    }

    [Fact]
    public async Task StopAsync_WhileWorking_GivesTheJobBackWithItsCheckpointAndAttempt()
    {
        await using var deployment = await DeployAsync();
        var working = new TaskCompletionSource();
        await using (var first = await TestPlatform.StartAsync(deployment.Options, AddTestJob))
        {
            first.Get<TestJob>().Work = async (job, token) =>
            {
                await job.Progress.CheckpointAsync("""{"step":3}""", token);
                await File.WriteAllTextAsync(Path.Combine(job.WorkDirectory, "scratch"), "kept", token);
                working.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            };
            await EnqueueAsync(first, "r-1");
            await working.Task;
        }

        JobContext? resumed = null;
        await using var second = await PrepareWithJobAsync(deployment, (job, _) =>
        {
            resumed = job;
            Assert.Equal("kept", File.ReadAllText(Path.Combine(job.WorkDirectory, "scratch")));
            return Task.CompletedTask;
        });
        Assert.True(await second.Get<JobWorker>().RunNextAsync(CancellationToken.None));

        Assert.Equal("""{"step":3}""", resumed?.Checkpoint);
        Assert.Equal(1, resumed?.Attempt);
        Assert.Equal("done", await StateAsync(second, "r-1"));
    }

    [Fact]
    public async Task CheckpointAsync_ByAHandlerThatIsToldToStop_IsKept()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options, AddTestJob);
        using var stopping = new CancellationTokenSource();
        platform.Get<TestJob>().Work = async (job, token) =>
        {
            await stopping.CancelAsync();
            Assert.True(token.IsCancellationRequested);
            await job.Progress.CheckpointAsync("""{"step":9}""", CancellationToken.None);
            token.ThrowIfCancellationRequested();
        };
        await EnqueueAsync(platform, "r-1");

        Assert.True(await platform.Get<JobWorker>().RunNextAsync(stopping.Token));

        Assert.Equal("queued", await StateAsync(platform, "r-1"));
        Assert.Equal("""{"step":9}""", await platform.ScalarAsync<string>("select checkpoint from platform_job"));
    }

    [Fact]
    public async Task ReportAsync_LeaseTakenByAnother_CancelsTheHandlerAndCommitsNothing()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options, AddTestJob);
        platform.MayWarn = true;
        platform.Get<TestJob>().Work = async (job, token) =>
        {
            await platform.WriteAsync(work =>
                work.Connection.ExecuteAsync("update platform_job set owner = 'thief', fence = fence + 1", transaction: work.Transaction));
            await Assert.ThrowsAsync<LeaseLostException>(() => job.Progress.CheckpointAsync("{}", token));
            Assert.True(token.IsCancellationRequested);
            token.ThrowIfCancellationRequested();
        };
        await EnqueueAsync(platform, "r-1");

        Assert.True(await platform.Get<JobWorker>().RunNextAsync(CancellationToken.None));

        Assert.Equal("running", await StateAsync(platform, "r-1"));
        Assert.Equal("thief", await platform.ScalarAsync<string>("select owner from platform_job"));
        Assert.Equal(0, await Effects.TotalAsync(platform, "job"));
    }

    [Fact]
    public async Task RunNextAsync_KindOfAServiceNotHosted_IsLeftAlone()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options with { Roles = ["beta"] }, AddTestJob);
        await EnqueueAsync(platform, "r-1");

        await platform.Get<JobWorker>().StartAsync(CancellationToken.None);
        await platform.Get<JobWorker>().StopAsync(CancellationToken.None);

        Assert.Equal("queued", await StateAsync(platform, "r-1"));
    }

    private static void AddTestJob(IServiceCollection services)
    {
        services.AddSingleton<TestJob>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<TestJob>());
    }

    private static async Task<TestPlatform> PrepareWithJobAsync(Deployment deployment, Func<JobContext, CancellationToken, Task> work, TimeProvider? time = null)
    {
        var platform = await TestPlatform.PrepareAsync(deployment.Options, services =>
        {
            AddTestJob(services);
            services.AddSingleton(time ?? TimeProvider.System);
        });
        platform.MayWarn = true;
        platform.Get<TestJob>().Work = work;
        return platform;
    }

    private static Task EnqueueAsync(TestPlatform platform, string runId) =>
        platform.WriteAsync(work => platform.Get<IJobQueue>().EnqueueAsync(work, "alpha.work", runId, runId, "{}", CancellationToken.None));

    private static JobResult Result(string id) => new("worked", (work, _) => Effects.AddAsync(work, "job", id));

    private static Task<string> StateAsync(TestPlatform platform, string runId) =>
        platform.ScalarAsync<string>("select state from platform_job where run_id = @runId", new { runId });

    private static Task UntilStateAsync(TestPlatform platform, string runId, string state) =>
        TestPlatform.UntilAsync(async () => await StateAsync(platform, runId) == state, $"{runId} is {state}");

    private static async Task<StepFailed> StepFailedAsync(TestPlatform platform) => (StepFailed)MessageJson.Read(
        await platform.ScalarAsync<string>("select body from platform_outbox where entity = 'alignops.step-failed'"), typeof(StepFailed));
}
