using AlignOps.Platform.Hosting;
using AlignOps.Tests.Platform.Compliance;
using Npgsql;

namespace AlignOps.EndToEnd.Tests.Platform;

[Collection(BrokerCollection.Name)]
public sealed class RefusedStartTests
{
    [Fact]
    public async Task StartAsync_NoDatabaseServerThere_IsRefusedWithItsAddress()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.StartAsync(deployment.Options with { StartPatience = TimeSpan.FromSeconds(1), Database = "postgres://u:secret@127.0.0.1:9/x" }));

        Assert.Equal("database-unreachable", refused.Code);
        Assert.Contains("127.0.0.1:9", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_DatabaseDoesNotExist_IsRefused()
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        var address = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = "nobody_made_this" }.ConnectionString;

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.StartAsync(deployment.Options with { Database = address }));

        Assert.Equal("database-unreachable", refused.Code);
        Assert.Contains("nobody_made_this", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://guest:guest@127.0.0.1:9/", "bus-unreachable")]
    [InlineData("WRONG-PASSWORD", "bus-refused")]
    [InlineData("WRONG-HOST", "bus-refused")]
    public async Task StartAsync_BrokerDoesNotTakeIt_IsRefusedWithItsAddress(string bus, string code)
    {
        await using var deployment = await DistributedDeployment.CreateAsync();
        bus = bus == "WRONG-PASSWORD" ? TestServers.RabbitMq.Replace("guest:guest", "guest:secret", StringComparison.Ordinal) : bus;
        bus = bus == "WRONG-HOST" ? $"{TestServers.RabbitMq.TrimEnd('/')}/nobody-made-this" : bus;
        var patience = TimeSpan.FromSeconds(code == "bus-refused" ? 600 : 2);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.StartAsync(deployment.Options with { StartPatience = patience, Bus = bus }));
        Assert.Equal(code, refused.Code);
        Assert.Contains($"127.0.0.1:{new Uri(bus).Port}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
