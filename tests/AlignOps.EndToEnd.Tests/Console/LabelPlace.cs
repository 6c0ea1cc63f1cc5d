using AlignOps.Host.Hosting;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>A running AlignOps with one decided run, whose questions and answers are hostile.</summary>
public sealed class LabelPlace : IAsyncLifetime
{
    public const string Run = "r-labels";

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-label-").FullName;
    private AlignOpsServer? _server;

    public string Url => _server!.Url.ToString();

    public string Petra { get; private set; } = "";

    public string Paul { get; private set; } = "";

    public string Otto { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var pipelines = Directory.CreateDirectory(Path.Combine(_folder, "pipelines")).FullName;
        _server = await AlignOpsServer.StartAsync(new HostSettings(Path.Combine(_folder, "state"), pipelines, "http://127.0.0.1:0"), CancellationToken.None);
        var evidence = await _server.Services.GetRequiredService<IBlobStore>().PutTextAsync(AskedRun.Evidence(60, Run, ConsolePlace.Hostile).Write(), CancellationToken.None);
        await AskedRun.AddAsync(_server.Services.GetRequiredService<IDatabase>(), Run, evidence);
        var access = _server.Services.GetRequiredService<IAccessKeys>();
        await access.CreateAsync("root", AccessRole.Admin, "test", CancellationToken.None);
        Petra = (await access.CreateAsync("petra", AccessRole.Product, "test", CancellationToken.None)).Key!;
        Paul = (await access.CreateAsync("paul", AccessRole.Product, "test", CancellationToken.None)).Key!;
        Otto = (await access.CreateAsync("otto", AccessRole.Ops, "test", CancellationToken.None)).Key!;
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
