using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Serving;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Serving;

/// <summary>One embedded process that serves a real, tiny policy on the CPU engine, with a registry that the test writes.</summary>
public class ServingHost : IAsyncLifetime
{
    public const string Pipeline = "support";
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-serving-").FullName;
    private readonly CpuPolicyEngine _engine = new(1);
    private WebApplication _app = null!;
    private string _checkpoint = "";

    public HttpClient Http { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    internal string BlobFolder => Path.Combine(_folder, "data", "blobs");

    internal IDatabase Database => _app.Services.GetRequiredService<IDatabase>();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") });
        builder.Services.AddSingleton<IPolicyEngine>(_engine);
        Configure(builder.Services);
        builder.Services.AddServing();
        builder.Services.AddMigration("pipelines", 1, "create table pipelines_v_definitions (pipeline text primary key, definition_digest text)");
        builder.Services.AddMigration("promotion", 1, "create table promotion_v_champions (pipeline text primary key, checkpoint text, adapter text, version integer, since bigint); create table promotion_v_deployments (run_id text primary key, pipeline text, checkpoint text, adapter text, stage text, share double precision, active bigint, started_at bigint)");
        _app = builder.Build();
        _app.MapServing();
        _app.MapHealthChecks("/healthz/ready");
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
        _checkpoint = await StoreBaseAsync();
    }

    /// <summary>What a test has otherwise; it comes before serving's own.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Registers a new champion, an adapter of its own on the same base, and announces it.</summary>
    public async Task PromoteAsync(int version)
    {
        var adapter = await StoreAdapterAsync(version);
        await RegisterAsync(version, adapter);
    }

    public Task RegisterAsync(int version, string? adapter) => Database.WriteAsync(async (work, token) =>
    {
        await work.Connection.ExecuteAsync(
            """
            insert into promotion_v_champions values (@Pipeline, @_checkpoint, @adapter, @version, 1700000000000)
            on conflict (pipeline) do update set adapter = excluded.adapter, version = excluded.version
            """,
            new { Pipeline, _checkpoint, adapter, version }, work.Transaction);
        await work.PublishAsync(new ModelPromoted(Pipeline, new ModelRef(_checkpoint, adapter), version, "gate"), $"{Pipeline}/{version}", token);
    }, default);

    /// <summary>Waits until this process answers by a version.</summary>
    public Task UntilServedAsync(int version) =>
        UntilAsync(async () => (await Http.GetStringAsync("/v1/models")).Contains($"{Pipeline}@{version}\"", StringComparison.Ordinal));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>Says where the candidate of this number stands, as Promotion would; its adapter is stored at the first call.</summary>
    public async Task DeployAsync(int number, string stage, double share, bool active = true)
    {
        var adapter = await StoreAdapterAsync(number);
        await Database.WriteAsync(async (work, token) =>
        {
            await work.Connection.ExecuteAsync(
                """
                insert into promotion_v_deployments values (@runId, @Pipeline, @_checkpoint, @adapter, @stage, @share, @active, @number)
                on conflict (run_id) do update set stage = excluded.stage, share = excluded.share, active = excluded.active
                """,
                new { runId = $"r-{number}", Pipeline, _checkpoint, adapter, stage, share, active = active ? 1 : 0, number }, work.Transaction);
            var changed = new DeploymentChanged(Pipeline, $"r-{number}", new ModelRef(_checkpoint, adapter), new ModelRef(_checkpoint, null), stage, share, "test", "test", null);
            await work.PublishAsync(changed, $"r-{number}/{stage}/{share}", token);
        }, default);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenReadAsync(default);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> StoreBaseAsync()
    {
        var folder = Path.Combine(_folder, "base");
        var tokenizer = BpeTrainer.Train(["Hello, how may I help you today?", "I do not know."], 300, ChatTemplate.Compact);
        var config = new PolicyConfig
        {
            VocabSize = 300, HiddenSize = 32, IntermediateSize = 64, LayerCount = 2, HeadCount = 2, KeyValueHeadCount = 2, HeadDim = 16, MaxPositions = 64,
            TieWordEmbeddings = true, EosTokenIds = [tokenizer.EndOfTurnToken],
        };
        using (var policy = _engine.Create(config, seed: 1))
        {
            policy.Save(folder);
        }

        tokenizer.Save(folder);
        return await _app.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(folder, default);
    }

    internal async Task<string> StoreAdapterAsync(int version)
    {
        var folder = Path.Combine(_folder, $"adapter-{version}");
        using (var policy = _engine.LoadForAdapterTraining(Path.Combine(_folder, "base"), null, new LoraConfig(Rank: 2), seed: version))
        {
            policy.Save(folder);
        }

        return await _app.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(folder, default);
    }
}
