using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>What test handlers do: count, by service and id, in a table that a lost update would show in.</summary>
internal static class Effects
{
    public const string Table = "create table test_effect(service text not null, id text not null, times bigint not null, primary key(service, id))";

    /// <summary>Reads, then writes: two at once without taking turns would lose one.</summary>
    public static async Task AddAsync(IUnitOfWork work, string service, string id)
    {
        var key = new { service, id };
        var times = await work.Connection.QuerySingleOrDefaultAsync<long?>("select times from test_effect where service = @service and id = @id", key, work.Transaction);
        await work.Connection.ExecuteAsync(
            times is null
                ? "insert into test_effect(service, id, times) values (@service, @id, 1)"
                : "update test_effect set times = @next where service = @service and id = @id",
            new { service, id, next = times + 1 },
            work.Transaction);
    }

    public static async Task<long> CountAsync(TestPlatform platform, string service, string id) =>
        await platform.ScalarAsync<long>("select coalesce(sum(times), 0) from test_effect where service = @service and id = @id", new { service, id });

    public static async Task<long> TotalAsync(TestPlatform platform, string service) =>
        await platform.ScalarAsync<long>("select coalesce(sum(times), 0) from test_effect where service = @service", new { service });
}
