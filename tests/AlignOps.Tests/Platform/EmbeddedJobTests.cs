using AlignOps.Platform.Jobs;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class EmbeddedJobTests : JobCompliance
{
    protected override Task<Deployment> DeployAsync() => Task.FromResult<Deployment>(new EmbeddedDeployment());

    [Fact]
    public async Task ReclaimAllAsync_OwnerOfTheFolderDied_FreesItsJobsAtOnce()
    {
        await using var deployment = await DeployAsync();
        await using (var dead = await TestPlatform.PrepareAsync(deployment.Options))
        {
            await dead.WriteAsync(work => dead.Get<IJobQueue>().EnqueueAsync(work, "alpha.work", "r-1", "r-1", "{}", CancellationToken.None));
            Assert.NotNull(await dead.Get<JobStore>().ClaimAsync(["alpha.work"], CancellationToken.None));
        }

        await using var next = await TestPlatform.PrepareAsync(deployment.Options);

        Assert.NotNull(await next.Get<JobStore>().ClaimAsync(["alpha.work"], CancellationToken.None));
    }
}
