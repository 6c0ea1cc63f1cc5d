using AlignOps.Pipelines;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
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

    public IDatabase Database => _app.Services.GetRequiredService<IDatabase>();

    public static async Task<PipelinesHost> StartAsync(string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-pipelines-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "pipelines", "support"));
        await File.WriteAllTextAsync(Path.Combine(folder, "pipelines", "support", "pipeline.yaml"), yaml);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatform(new PlatformOptions { DataFolder = Path.Combine(folder, "data") });
        builder.Services.AddPipelines();
        builder.Services.Configure<PipelinesOptions>(options => options.PipelinesDirectory = Path.Combine(folder, "pipelines"));
        LoopDriver.AddSurroundings(builder.Services);
        ScriptedServices.Add(builder.Services);
        var app = builder.Build();
        app.MapPipelines();
        await app.StartAsync();
        return new PipelinesHost(folder, app);
    }

    public Task ExecuteAsync(string sql, object? parameters = null) =>
        Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, parameters, work.Transaction), default);

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
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
