using AlignOps.Tests.Platform.Compliance;
using Dapper;

namespace AlignOps.Tests.Platform;

public sealed class EmbeddedMessagingTests : MessagingCompliance
{
    protected override Task<Deployment> DeployAsync() => Task.FromResult<Deployment>(new EmbeddedDeployment());

    [Fact]
    public async Task Dispatch_NeitherHandlerNorRecordOfItsFailureWorks_KeepsTheDelivery()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        platform.MayWarn = true;
        platform.Trouble.Left = 1;
        await platform.WriteAsync(work => work.Connection.ExecuteAsync(
            "create trigger refuse before insert on platform_outbox when new.delivery > 1 begin select raise(abort, 'not now'); end", transaction: work.Transaction));

        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
        await TestPlatform.UntilAsync(() => Task.FromResult(platform.Trouble.Left < 1), "the handler failed");
        await platform.WriteAsync(work => work.Connection.ExecuteAsync("drop trigger refuse", transaction: work.Transaction));

        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(platform, "beta", "a") == 1, "the delivery came again");
        await platform.UntilOutboxIsEmptyAsync();
    }
}
