using AlignOps.Evaluation;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.Llm;

public sealed class EmbeddedJudgeRecordTests : JudgeRecordCompliance, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-judges-").FullName;
    private readonly ServiceProvider _services;

    public EmbeddedJudgeRecordTests() =>
        _services = new ServiceCollection().AddLogging().AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") }).AddEvaluation().BuildServiceProvider();

    private protected override IDatabase Database => _services.GetRequiredService<IDatabase>();

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
