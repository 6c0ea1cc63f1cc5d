using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Tests.Platform.Compliance;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace AlignOps.EndToEnd.Tests.Platform;

[Collection(BrokerCollection.Name)]
public sealed class SeveralProcessesTests
{
    [Fact]
    public async Task StartAsync_ManyAtOnceOnAnEmptyDatabase_EachMigrationRunsOnce()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();

        var platforms = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TestPlatform.PrepareAsync(deployment.Options))));

        Assert.Equal(6, await platforms[0].ScalarAsync<long>("select count(*) from platform_migration"));
        foreach (var platform in platforms)
        {
            await platform.DisposeAsync();
        }
    }

    [Fact]
    public async Task PublishAsync_TwoProcessesOfEveryService_HasOneEffectInEachServiceAndIsHeardByBoth()
    {
        const int Messages = 100;
        await using var deployment = await DistributedDeployment.CreateAsync();
        await using var first = await TestPlatform.StartAsync(deployment.Options);
        await using var second = await TestPlatform.StartAsync(deployment.Options);

        await Task.WhenAll(new[] { first, second }.SelectMany(platform => Enumerable.Range(0, Messages / 2).Select(i => Task.Run(() =>
            platform.WriteAsync(work => work.PublishAsync(new Noted("same"), $"{(platform == first ? "a" : "b")}{i}", CancellationToken.None))))));

        await TestPlatform.UntilAsync(
            async () => await Effects.CountAsync(first, "alpha", "same") == Messages && await Effects.CountAsync(first, "beta", "same") == Messages, "every message had its effect");
        await first.UntilOutboxIsEmptyAsync();
        foreach (var platform in new[] { first, second })
        {
            for (var i = 0; i < Messages; i++)
            {
                await platform.Get<Heard>().Ids.Reader.ReadAsync();
            }
        }
    }

    [Fact]
    public async Task EnqueueAsync_InOneProcess_WakesTheWorkersOfAnother()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        await using var writer = await TestPlatform.PrepareAsync(deployment.Options);
        var wakeUps = new WakeUps();
        using var notifications = new DatabaseNotifications(deployment.Options, wakeUps, TimeProvider.System, NullLogger<DatabaseNotifications>.Instance);
        await notifications.StartAsync(CancellationToken.None);

        // The first wake-up says that it listens from now on.
        await wakeUps.Jobs.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        await writer.WriteAsync(work => writer.Get<IJobQueue>().EnqueueAsync(work, "alpha.work", "a", "r-1", "{}", CancellationToken.None));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await wakeUps.Jobs.WaitAsync(Timeout.InfiniteTimeSpan, limit.Token);
        await notifications.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task StartAsync_AnyProcess_DeclaresDurableQuorumQueuesOfEveryService()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        await using (var platform = await TestPlatform.StartAsync(deployment.Options with { Roles = ["alpha"] }))
        {
        }

        await using var connection = await DistributedDeployment.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in new[] { "alignops.alpha", "alignops.beta" })
        {
            // Declaring anew fails unless the queue stands with these very properties.
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1_000_000 });
        }
    }
}
