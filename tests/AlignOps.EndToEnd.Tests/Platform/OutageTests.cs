using AlignOps.Platform.Messaging;
using AlignOps.Tests.Platform.Compliance;
using Npgsql;

namespace AlignOps.EndToEnd.Tests.Platform;

[Collection(BrokerCollection.Name)]
public sealed class OutageTests
{
    [Fact]
    public async Task BrokerGoesAway_CommitsGoOnAndArriveWhenItIsBack()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        var broker = new Uri(TestServers.RabbitMq);
        await using var wire = new CuttableProxy(broker.Host, broker.Port);
        await using var platform = await TestPlatform.StartAsync(deployment.Options with { Bus = $"amqp://guest:guest@127.0.0.1:{wire.Port}/" });
        platform.MayWarn = true;
        await PublishAsync(platform, "before");
        await UntilHandledAsync(platform, "before");

        wire.Cut();
        await PublishAsync(platform, "during");
        await TestPlatform.UntilAsync(
            async () => await platform.ScalarAsync<long>("select count(*) from platform_outbox where attempts > 0") == 1, "the relay noticed");
        wire.Mend();

        await UntilHandledAsync(platform, "during");
        await PublishAsync(platform, "after");
        await UntilHandledAsync(platform, "after");
        await platform.UntilOutboxIsEmptyAsync();
        await TestPlatform.UntilAsync(() => Task.FromResult(platform.Get<BusService>().CheckHealth()?.Status == MassTransit.BusHealthStatus.Healthy), "the bus is whole again");
    }

    [Fact]
    public async Task DatabaseGoesAway_DeliveriesWaitForIt()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        var address = new NpgsqlConnectionStringBuilder(deployment.Options.Database);
        await using var wire = new CuttableProxy(address.Host!, address.Port);
        var direct = deployment.Options;
        address.Port = wire.Port;
        await using var platform = await TestPlatform.StartAsync(deployment.Options with { Database = address.ConnectionString, Roles = ["beta"] });
        platform.MayWarn = true;
        await using var sender = await TestPlatform.StartAsync(direct with { Roles = ["alpha"] });
        sender.MayWarn = true;

        wire.Cut();
        await PublishAsync(sender, "during");
        await sender.UntilOutboxIsEmptyAsync();
        wire.Mend();

        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(sender, "beta", "during") == 1, "beta had it once the database was back");
        Assert.Equal(0, await sender.ScalarAsync<long>("select count(*) from platform_dead_letter"));
    }

    private static Task PublishAsync(TestPlatform platform, string id) =>
        platform.WriteAsync(work => work.PublishAsync(new Noted(id), id, CancellationToken.None));

    private static Task UntilHandledAsync(TestPlatform platform, string id) => TestPlatform.UntilAsync(
        async () => await Effects.CountAsync(platform, "alpha", id) == 1 && await Effects.CountAsync(platform, "beta", id) == 1, $"{id} was handled");
}
