using AlignOps.EndToEnd.Tests.Intake;
using AlignOps.Evaluation;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.EndToEnd.Tests.Evaluation;

public sealed class PostgresLabelQueueTests : LabelQueueCompliance, IAsyncLifetime
{
    private PostgresScratch? _scratch;
    private ServiceProvider? _services;

    private protected override IServiceProvider Services => _services!;

    public async Task InitializeAsync()
    {
        _scratch = await PostgresScratch.CreateAsync();
        _services = new ServiceCollection()
            .AddLogging()
            .AddPlatform(new PlatformOptions { DataFolder = _scratch.DataFolder, Database = _scratch.ConnectionString })
            .AddEvaluation()
            .BuildServiceProvider();
        await _services.GetRequiredService<MigrationRunner>().RunAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _scratch!.DisposeAsync();
    }
}
