using AlignOps.Evaluation;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.People;

public sealed class EmbeddedLabelQueueTests : LabelQueueCompliance, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-labels-").FullName;
    private readonly ServiceProvider _services;

    public EmbeddedLabelQueueTests() =>
        _services = new ServiceCollection().AddLogging().AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") }).AddEvaluation().BuildServiceProvider();

    private protected override IServiceProvider Services => _services;

    public async Task InitializeAsync()
    {
        _services.GetRequiredService<DataFolder>().Prepare();
        await _services.GetRequiredService<MigrationRunner>().RunAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
