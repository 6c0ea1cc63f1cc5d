using AlignOps.Platform.Jobs;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>A job of the service <c>alpha</c> whose work a test scripts, attempt by attempt.</summary>
internal sealed class TestJob : IJobHandler
{
    public string Kind => "alpha.work";

    public Func<JobContext, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        await Work(job, cancellationToken);
        return new JobResult("worked", async (work, token) =>
        {
            await Effects.AddAsync(work, "job", job.RunId);
            await work.PublishAsync(new Noted(job.RunId), $"{job.RunId}/worked", token);
        });
    }
}
