using AlignOps.Platform.Hosting;
using AlignOps.Tests.Platform.Compliance;
using Dapper;
using Npgsql;
using RabbitMQ.Client;

namespace AlignOps.EndToEnd.Tests.Platform;

/// <summary>A database of its own on PostgreSQL, and RabbitMQ without the queues of the test services.</summary>
internal sealed class DistributedDeployment : Deployment
{
    private static readonly string[] Queues = ["alignops.alpha", "alignops.beta"];

    private readonly string _database = $"platform_{Guid.NewGuid():N}";

    private DistributedDeployment()
    {
    }

    public override PlatformOptions Options => new()
    {
        DataFolder = DataFolder,
        Database = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = _database }.ConnectionString,
        Bus = TestServers.RabbitMq,
        WorkerId = $"test:{Guid.NewGuid():N}",
    };

    public override bool IsShared => true;

    public static async Task<Deployment> CreateAsync()
    {
        var deployment = new DistributedDeployment();
        await using var connection = new NpgsqlConnection(TestServers.Postgres);
        await connection.ExecuteAsync($"create database {deployment._database}");
        await RemoveQueuesAsync();
        return deployment;
    }

    public static async Task<IConnection> ConnectToBrokerAsync() =>
        await new ConnectionFactory { Uri = new Uri(TestServers.RabbitMq) }.CreateConnectionAsync();

    public override async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await using (var connection = new NpgsqlConnection(TestServers.Postgres))
        {
            await connection.ExecuteAsync($"drop database {_database} with (force)");
        }

        await RemoveQueuesAsync();
        await base.DisposeAsync();
    }

    private static async Task RemoveQueuesAsync()
    {
        await using var connection = await ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in Queues)
        {
            await channel.QueueDeleteAsync(queue);
            await channel.ExchangeDeleteAsync(queue);
        }
    }
}
