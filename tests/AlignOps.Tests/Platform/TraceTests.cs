using System.Collections.Concurrent;
using System.Diagnostics;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Telemetry;
using AlignOps.Tests.Platform.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Platform;

public sealed class TraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LoopTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task PublishAsync_InsideASpan_SendingAndHandlingGoOnInItsTrace()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        string trace;
        using (var push = LoopTrace.Start("push"))
        {
            trace = push!.TraceId.ToHexString();
            await platform.WriteAsync(work => work.PublishAsync(new Noted("n-1"), "n-1", CancellationToken.None));
        }

        await platform.UntilOutboxIsEmptyAsync();
        var note = platform.Get<MessageCatalog>().Describe(typeof(Noted)).Entity;
        await TestPlatform.UntilAsync(() => Task.FromResult(Of(trace).Count(span => span.DisplayName == $"process {note}") == 2), "both services' spans ended");

        var sent = Assert.Single(Of(trace), span => span.DisplayName == $"send {note}");
        Assert.All(Of(trace).Where(span => span.DisplayName == $"process {note}"), span => Assert.Equal(sent.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task EnqueueAsync_AttemptOfAnotherProcess_IsASpanOfTheSameTrace()
    {
        var attempts = 0;
        var time = new ManualTime();
        await using var deployment = new EmbeddedDeployment();
        string trace;
        await using (var first = await PrepareAsync(deployment, time, () => attempts++))
        {
            first.MayWarn = true;
            using var asked = LoopTrace.Start("asked");
            trace = asked!.TraceId.ToHexString();
            await first.WriteAsync(work => first.Get<IJobQueue>().EnqueueAsync(work, "alpha.work", "r-1", "r-1", "{}", CancellationToken.None));
            asked.Dispose();
            Assert.True(await first.Get<JobWorker>().RunNextAsync(CancellationToken.None));
        }

        time.Advance(TimeSpan.FromMinutes(1));
        await using (var second = await PrepareAsync(deployment, time, () => attempts++))
        {
            Assert.True(await second.Get<JobWorker>().RunNextAsync(CancellationToken.None));
        }

        Assert.Equal(["1", "2"], Of(trace).Where(span => span.DisplayName == "job alpha.work").Select(span => $"{span.GetTagItem("alignops.job.attempt")}"));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], Of(trace).Where(span => span.DisplayName == "job alpha.work").Select(span => span.Status));
    }

    [Fact]
    public async Task KeepAsync_Twice_TheFirstSpanStays()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);
        var traces = platform.Get<ITraces>();

        await platform.WriteAsync(work => traces.KeepAsync(work, "b-0", CancellationToken.None));
        using var first = LoopTrace.Start("first");
        await platform.WriteAsync(work => traces.KeepAsync(work, "b-1", CancellationToken.None));
        using (LoopTrace.Start("second"))
        {
            await platform.WriteAsync(work => traces.KeepAsync(work, "b-1", CancellationToken.None));
        }

        await using var connection = await platform.Database.OpenReadAsync(CancellationToken.None);
        Assert.Null(await traces.FindAsync(connection, null, "b-0", CancellationToken.None));
        Assert.Equal(first!.Id, await traces.FindAsync(connection, null, "b-1", CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-nonsense")]
    public void Start_ParentThatCannotBeRead_IsATraceOfItsOwn(string? parent)
    {
        using var span = LoopTrace.Start("alone", parent: parent, links: ["rubbish"]);

        Assert.Equal(default, span!.ParentSpanId);
        Assert.Empty(span.Links);
    }

    private static Task<TestPlatform> PrepareAsync(EmbeddedDeployment deployment, ManualTime time, Func<int> count) =>
        TestPlatform.PrepareAsync(deployment.Options, services => services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IJobHandler>(new TestJob { Work = (_, _) => count() == 0 ? throw new InvalidOperationException("boom") : Task.CompletedTask }));

    private IEnumerable<Activity> Of(string trace) => _ended.Where(span => span.TraceId.ToHexString() == trace);
}
