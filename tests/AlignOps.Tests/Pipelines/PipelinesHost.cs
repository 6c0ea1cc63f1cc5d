using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Contracts.Batches;
using AlignOps.Pipelines;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Pipelines.Compliance;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Pipelines;

/// <summary>One embedded process: SQLite, in-memory transport, HTTP on a free port of this machine, all loops running.</summary>
internal sealed class PipelinesHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private PipelinesHost(string folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public AlignOps.Pipelines.Http.PipelineQueries Queries => _app.Services.GetRequiredService<AlignOps.Pipelines.Http.PipelineQueries>();

    public IDatabase Database => _app.Services.GetRequiredService<IDatabase>();

    /// <param name="folder">An earlier host's folder, to start again on; null: a new one.</param>
    public static async Task<PipelinesHost> StartAsync(string yaml, TimeProvider? clock = null, string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("alignops-pipelines-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "pipelines", "support"));
        await File.WriteAllTextAsync(Path.Combine(folder, "pipelines", "support", "pipeline.yaml"), yaml);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddPlatform(new PlatformOptions { DataFolder = Path.Combine(folder, "data") });
        builder.Services.AddPipelines();
        builder.Services.Configure<PipelinesOptions>(options =>
        {
            options.PipelinesDirectory = Path.Combine(folder, "pipelines");
            options.ReconcileInterval = TimeSpan.FromSeconds(1);
            options.SchedulePoll = TimeSpan.FromSeconds(1);
        });
        LoopDriver.AddSurroundings(builder.Services);
        ScriptedServices.Add(builder.Services);
        var app = builder.Build();
        app.MapPipelines();
        await app.StartAsync();
        return new PipelinesHost(folder, app);
    }

    public Task ExecuteAsync(string sql, object? parameters = null) =>
        Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, parameters, work.Transaction), default);

    public Task RegisterChampionAsync() => ExecuteAsync(
        "insert into promotion_v_champions values ('support', @base, @adapter, 4, @base, null, 'gate', 'gate', 0)",
        new { @base = new string('c', 64), adapter = new string('d', 64) });

    public Task AcceptAsync(string batch) => Database.WriteAsync(
        (work, token) => work.PublishAsync(new BatchAccepted(batch, "support", "hash", 10, "product"), batch, token), default);

    public Task<JsonElement> RunsAsync(string query) => Http.GetFromJsonAsync<JsonElement>($"/v1/runs{query}");

    public async Task<JsonElement> PipelineAsync() => (await Http.GetFromJsonAsync<JsonElement>("/v1/pipelines"))[0];

    /// <summary>The run of a trigger, once it has ended.</summary>
    public Task<JsonElement> EndedAsync(string trigger) => UntilAsync(
        async () => (await RunsAsync("")).EnumerateArray().FirstOrDefault(run => run.GetProperty("triggerRef").GetString() == trigger),
        run => run.ValueKind == JsonValueKind.Object && run.GetProperty("endedAt").ValueKind == JsonValueKind.Number);

    /// <summary>Asks until the answer is as wanted.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }

            Assert.False(limit.IsCancellationRequested, $"Not within 30 s; last seen: {answer}");
            await Task.Delay(5);
        }
    }

    /// <summary>Stops the process and leaves its folder for the next.</summary>
    public async Task<string> StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        return _folder;
    }

    public async ValueTask DisposeAsync() => Directory.Delete(await StopAsync(), recursive: true);
}
