using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Host;

[Collection(WholeProcess.Name)]
public sealed class OperationsEndpointTests
{
    [Fact]
    public async Task Health_RunningProcess_SaysCheckByCheckWhetherItCanTakeRequests()
    {
        await using var server = await RunningServer.StartAsync();
        var database = server.Services.GetRequiredService<IDatabase>();

        var ready = await server.Http.GetFromJsonAsync<JsonElement>("/healthz/ready");
        Assert.Equal("Healthy", ready.GetProperty("status").GetString());
        Assert.Subset(ready.GetProperty("checks").EnumerateObject().Select(check => check.Name).ToHashSet(), new HashSet<string> { "bus", "database", "migrations", "disk" });
        Assert.Equal("Healthy", (await server.Http.GetFromJsonAsync<JsonElement>("/healthz/live")).GetProperty("checks").GetProperty("handlers").GetProperty("status").GetString());

        // A dead letter needs a person and keeps nobody out; tables that are missing do.
        await database.WriteAsync((work, _) => work.Connection.ExecuteAsync(
            "insert into platform_dead_letter(message_id, consumer, entity, body, deliveries, error, dead_at) values ('m', 'intake', 'e', '{}', 5, 'boom', 0)", transaction: work.Transaction), default);
        using var degraded = await server.Http.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, degraded.StatusCode);
        Assert.Equal("Degraded", (await degraded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());

        await database.WriteAsync((work, _) => work.Connection.ExecuteAsync("delete from platform_migration where service = 'intake'", transaction: work.Transaction), default);
        using var unready = await server.Http.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Contains("intake/1", await unready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OnceAKeyExists_NeedOne()
    {
        await using var server = await RunningServer.StartAsync();

        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("\nalignops_bus_up 1\n", text, StringComparison.Ordinal);
        Assert.Contains("alignops_disk_free_bytes ", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);

        var (key, _) = await server.Services.GetRequiredService<IAccessKeys>().CreateAsync("root", AccessRole.Admin, "test", CancellationToken.None);

        // Whether any key exists is known for a second before it is looked up again.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await server.Http.GetAsync("/metrics", limit.Token)).StatusCode != HttpStatusCode.Unauthorized)
        {
            await Task.Delay(20, limit.Token);
        }

        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Contains("alignops_bus_up", await server.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }
}
