using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Promotion;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlignOps.EndToEnd.Tests.Promotion;

/// <summary>The registry on PostgreSQL, where writers do not take turns by themselves: two processes, many callers at once.</summary>
public sealed class PromotionOnPostgresTests : IAsyncLifetime
{
    private const string Champion = "/v1/pipelines/assistant/champion";
    private const int Callers = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-promotion-").FullName;
    private readonly string _database = $"alignops_promotion_{Guid.NewGuid():N}";
    private readonly List<WebApplication> _processes = [];
    private readonly List<HttpClient> _clients = [];

    private static string Server => Environment.GetEnvironmentVariable("ALIGNOPS_TEST_POSTGRES")
        ?? throw new InvalidOperationException("ALIGNOPS_TEST_POSTGRES names no server; run tests/run.sh, which starts one.");

    public async Task InitializeAsync()
    {
        await OnServerAsync($"create database {_database}");
        for (var i = 0; i < 2; i++)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services
                .AddPlatform(new PlatformOptions
                {
                    DataFolder = Path.Combine(_folder, "data"),
                    Database = new NpgsqlConnectionStringBuilder(Server) { Database = _database }.ConnectionString,
                })
                .AddPromotion();
            var process = builder.Build();
            process.UseAuthentication();
            process.UseAuthorization();
            process.MapPromotion();
            await process.StartAsync();
            _processes.Add(process);
            _clients.Add(new HttpClient { BaseAddress = new Uri(process.Urls.Single()) });
        }
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var process in _processes)
        {
            await process.StopAsync();
            await process.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await OnServerAsync($"drop database {_database} with (force)");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Certify_ManyCallersOfTwoProcesses_LeaveOneVersionEachAndAWholeAuditLog()
    {
        var checkpoint = await TreeAsync("config.json", "base");
        var adapters = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => TreeAsync("adapter_config.json", $"{i}")));

        var answers = await Task.WhenAll(adapters.Select((adapter, i) => PostAsync(i, Champion, new { checkpoint, adapter, reason = $"{i}" })));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(Enumerable.Range(1, Callers), answers.Select(answer => answer.Body.GetProperty("version").GetInt32()).Order());
        var verified = await _clients[1].GetFromJsonAsync<JsonElement>("/v1/audit/verify");
        Assert.Equal((true, Callers), (verified.GetProperty("whole").GetBoolean(), verified.GetProperty("entries").GetInt32()));
    }

    [Fact]
    public async Task Rollback_ManyCallersAtOnce_GoBackOneStepAtATimeAndHold()
    {
        var checkpoint = await TreeAsync("config.json", "base");
        foreach (var name in (string[])["first", "second", "third"])
        {
            await PostAsync(0, Champion, new { checkpoint, adapter = await TreeAsync("adapter_config.json", name), reason = name });
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => PostAsync(i, "/v1/pipelines/assistant/rollback", new { reason = $"{i}" })));

        // A caller that decided against a champion that is no more is told so; nobody rolls back what another has just restored without knowing.
        var done = answers.Count(answer => answer.Status == 200);
        Assert.InRange(done, 1, 2);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Body.GetProperty("code").GetString(), (string[])["champion-moved", "nothing-before"]));
        var champion = await _clients[0].GetFromJsonAsync<JsonElement>(Champion);
        Assert.Equal(3 + done, champion.GetProperty("version").GetInt32());
        Assert.StartsWith("promotions are on hold since local rolled back", champion.GetProperty("hold").GetString(), StringComparison.Ordinal);
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(int caller, string path, object body)
    {
        using var response = await _clients[caller % _clients.Count].PostAsJsonAsync(path, body);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>A model as small as safetensors can be.</summary>
    private async Task<string> TreeAsync(string config, string name)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var header = Encoding.UTF8.GetBytes("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        await File.WriteAllTextAsync(Path.Combine(directory, config), $$"""{"name": "{{name}}"}""");
        await File.WriteAllBytesAsync(Path.Combine(directory, "model.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, 0, 0, 0, 0]);
        return await _processes[0].Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, CancellationToken.None);
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
