using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>One process of a deployment with two small services, <c>alpha</c> and <c>beta</c>.</summary>
internal sealed class TestPlatform : IAsyncDisposable
{
    // A bus that lost its broker tries again ever more rarely, and a busy machine adds to that. No test waits this long for what should not come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IHost _host;
    private readonly WarningLog _warnings;
    private bool _started;

    private TestPlatform(IHost host, WarningLog warnings)
    {
        _host = host;
        _warnings = warnings;
    }

    /// <summary>Set by a test that makes trouble; otherwise a warning fails it.</summary>
    public bool MayWarn { get; set; }

    public Trouble Trouble => Get<Trouble>();

    public IDatabase Database => Get<IDatabase>();

    /// <summary>A process that runs.</summary>
    public static async Task<TestPlatform> StartAsync(PlatformOptions options, Action<IServiceCollection>? configure = null)
    {
        var platform = Build(options, configure);
        try
        {
            await platform._host.StartAsync();
            platform._started = true;
            return platform;
        }
        catch
        {
            platform.MayWarn = true;
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>A process with its folder and tables, but without a bus and loops: a test turns them by hand.</summary>
    public static async Task<TestPlatform> PrepareAsync(PlatformOptions options, Action<IServiceCollection>? configure = null)
    {
        var platform = Build(options, configure);
        try
        {
            await platform.Start.StartingAsync(CancellationToken.None);
            return platform;
        }
        catch
        {
            platform.MayWarn = true;
            await platform.DisposeAsync();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public Task WriteAsync(Func<IUnitOfWork, Task> work) => Database.WriteAsync((unit, _) => work(unit), CancellationToken.None);

    public async Task<T> ScalarAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>Watches the database until it says so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"It did not come to pass within {Patience}: {what}");
            await Task.Delay(10);
        }
    }

    public Task UntilOutboxIsEmptyAsync() => UntilAsync(async () => await ScalarAsync<long>("select count(*) from platform_outbox") == 0, "the outbox is empty");

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await _host.StopAsync();
        }
        else
        {
            await Start.StoppedAsync(CancellationToken.None);
        }

        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        Assert.True(MayWarn || _warnings.Lines.IsEmpty, string.Join('\n', _warnings.Lines));
    }

    private PlatformStart Start => _host.Services.GetServices<IHostedService>().OfType<PlatformStart>().Single();

    private static TestPlatform Build(PlatformOptions options, Action<IServiceCollection>? configure)
    {
        var builder = GenericHost.CreateEmptyApplicationBuilder(null);
        var warnings = new WarningLog();
        builder.Services.AddLogging(logging => logging.AddProvider(warnings));
        builder.Services.AddPlatform(options);
        builder.Services.AddMigration("test", 1, Effects.Table);
        builder.Services.AddSingleton<Trouble>();
        builder.Services.AddSingleton<Heard>();
        builder.Services.AddMessageHandler<Noted, AlphaHandler>("alpha");
        builder.Services.AddMessageHandler<Noted, BetaHandler>("beta");
        builder.Services.AddMessageHandler<Act, BetaHandler>("beta");
        builder.Services.AddInstanceListener<Noted, AlphaListener>("alpha");
        configure?.Invoke(builder.Services);
        return new TestPlatform(builder.Build(), warnings);
    }
}
