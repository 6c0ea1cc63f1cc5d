using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Promotion;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Gates;
using AlignOps.Promotion.Registry;
using Dapper;
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
                .AddPromotion()
                .AddMigration("serving", 1, """
                    create table serving_v_feedback (feedback_id text primary key, inference_id text, cluster_key text, role text, checkpoint text, adapter text, deployment_id text, label text, forced integer, at bigint);
                    create table serving_v_inferences (inference_id text primary key, deployment_id text, checkpoint text, adapter text, at bigint, milliseconds bigint, failed integer);
                    """)
                .Configure<DeploymentOptions>(options => (options.Interval, options.IdleInterval) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50)));
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

    [Fact]
    public async Task Deployment_WatchedByTwoProcesses_TakesEveryThumbOnceAndIsRolledBackOnce()
    {
        var checkpoint = await TreeAsync("config.json", "base");
        var (champion, candidate) = (await TreeAsync("adapter_config.json", "first"), await TreeAsync("adapter_config.json", "second"));
        await PostAsync(0, Champion, new { checkpoint, adapter = champion, reason = "first" });
        await BeginAsync(new ModelRef(checkpoint, candidate));
        await UntilAsync("select count(*) from promotion_v_deployments where stage = 'canary'", 1);

        // Each thumb twice, as a caller that tries again would send it.
        var thumbs = Enumerable.Range(0, 60).SelectMany(i => new[] { i, i }.Select((person, copy) => new
        {
            Id = $"{person:000} {copy}", Person = $"{person:000}", Role = person % 2 == 0 ? "canary" : "champion", checkpoint, Adapter = person % 2 == 0 ? candidate : champion,
            Label = person % 2 == 0 ? "down" : "up", At = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        })).ToArray();
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = _database }.ConnectionString))
        {
            await connection.ExecuteAsync("insert into serving_v_feedback values (@Id, @Person, @Person, @Role, @checkpoint, @Adapter, 'r-1', @Label, 0, @At)", thumbs);
        }

        await UntilAsync("select count(*) from promotion_v_deployments where stage = 'rolled-back' and active = 0", 1);
        Assert.Equal(1, await ScalarAsync("select count(*) from promotion_audit where action = 'deployment-rolled-back'"));
        Assert.Equal(await ScalarAsync("select count(distinct inference_id) from promotion_deployment_thumb"), await ScalarAsync("select count(*) from promotion_deployment_thumb"));
        Assert.Equal(1, (await _clients[1].GetFromJsonAsync<JsonElement>(Champion)).GetProperty("version").GetInt32());
        Assert.True((await _clients[1].GetFromJsonAsync<JsonElement>("/v1/audit/verify")).GetProperty("whole").GetBoolean());
    }

    private async Task BeginAsync(ModelRef candidate)
    {
        var services = _processes[0].Services;
        var directory = Directory.CreateDirectory(Path.Combine(_folder, "definition")).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "pipeline.yaml"), "pipeline: assistant\ndeployment: { stages: [{ stage: canary, share: 0.5, min_thumbs: 1000 }] }\n");
        var definition = await services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, CancellationToken.None);
        await services.GetRequiredService<IDatabase>().WriteAsync(
            async (work, token) =>
            {
                var champion = await services.GetRequiredService<ChampionRegistry>().FindAsync(work.Connection, work.Transaction, "assistant", token);
                await services.GetRequiredService<Deployer>().BeginAsync(work, new DeploymentOrder("r-1", "assistant", definition, candidate, "record", "gate", "better"), champion!, token);
            },
            CancellationToken.None);
    }

    private async Task UntilAsync(string sql, long count)
    {
        var until = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(30);
        while (await ScalarAsync(sql) != count)
        {
            Assert.True(DateTimeOffset.UtcNow < until, sql);
            await Task.Delay(20);
        }
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await _processes[0].Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    [Fact]
    public async Task Approve_ManyPeopleAtTwoProcesses_OneIsHeardAndTheOthersAreTold()
    {
        var access = _processes[0].Services.GetRequiredService<IAccessKeys>();
        var keys = new List<string>();
        foreach (var name in (string[])["root", .. Enumerable.Range(0, Callers).Select(i => $"p{i}")])
        {
            keys.Add((await access.CreateAsync(name, AccessRole.Admin, "test", CancellationToken.None)).Key!);
        }

        var checkpoint = await TreeAsync("config.json", "base");
        Assert.Equal(200, (await PostAsync(0, Champion, new { checkpoint, reason = "first" }, keys[0])).Status);
        await AskAsync(new ModelRef(checkpoint, null), new ModelRef(checkpoint, await TreeAsync("adapter_config.json", "candidate")));

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => PostAsync(i, $"/v1/runs/r-1/{(i % 2 == 0 ? "approve" : "reject")}", new { reason = $"{i}" }, keys[i + 1])));

        var heard = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal((409, "already-decided"), (answer.Status, answer.Body.GetProperty("code").GetString())));
        var approved = heard.Body.GetProperty("state").GetString() == "approved";
        _clients[0].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys[0]);
        Assert.Equal(approved ? 2 : 1, (await _clients[0].GetFromJsonAsync<JsonElement>(Champion)).GetProperty("version").GetInt32());
        Assert.True((await _clients[0].GetFromJsonAsync<JsonElement>("/v1/audit/verify")).GetProperty("whole").GetBoolean());
    }

    /// <summary>A run whose every rule but the people's has passed.</summary>
    private async Task AskAsync(ModelRef champion, ModelRef candidate)
    {
        var blobs = _processes[0].Services.GetRequiredService<IBlobStore>();
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "definition")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.yaml"), "pipeline: assistant\n");
        var policy = new GateSection { Approval = "1 of ops" };
        RuleResult[] rules =
        [
            new("superiority", RuleKind.Requirement, RuleVerdict.Pass, "Win rate", 0.9, 0.5, 100, 9, 4, 30, "Win rate is 0.9."),
            ApprovalRule.Open(ApprovalRequirement.Parse(policy.Approval)!, policy.ApprovalDays),
        ];
        var record = new GateRecord(
            1, "r-1", "assistant", GateDecision.AwaitingApproval, "approval", "Awaiting approval.", 0.9, 0.8, 1, 0.01, 100, 90, 0, 10, 100, 0, 0, 0.001, null, candidate, champion, champion,
            await blobs.PutDirectoryAsync(folder, CancellationToken.None), "dataset", "evidence", 1, [], ["b-1"], policy, rules, []);
        var digest = await blobs.PutTextAsync(GateJson.Write(record), CancellationToken.None);
        await _processes[0].Services.GetRequiredService<IDatabase>().WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                """
                create table intake_v_batches (batch_id text, pushed_by text);
                insert into promotion_gate (run_id, pipeline, decision, code, reason, record_digest, win_rate, lower, items, decided_by, at)
                values ('r-1', 'assistant', 'awaiting-approval', 'approval', 'Awaiting approval.', @digest, 0.9, 0.8, 100, 'gate', 0);
                insert into promotion_approval (run_id, pipeline, needed, role, champion_version, batch_ids, state, approved_by, reason, opened_at, expires_at)
                values ('r-1', 'assistant', 1, 'ops', 1, '["b-1"]', 'awaiting', '', '', 0, 99999999999999);
                """,
                new { digest }, work.Transaction, cancellationToken: token)),
            CancellationToken.None);
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(int caller, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _clients[caller % _clients.Count].SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
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
