using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Loop;

/// <summary>A whole AlignOps in this process, on a state folder of its own, with a base made champion.</summary>
internal sealed class EmbeddedLoop : IAsyncDisposable
{
    private readonly AlignOpsServer _server;
    private readonly string _folder;

    private EmbeddedLoop(AlignOpsServer server, string folder, string pipeline)
    {
        (_server, _folder) = (server, folder);
        Pipeline = pipeline;
        Client = new LoopClient(_ => server.Url);
    }

    public string Pipeline { get; }

    public LoopClient Client { get; }

    public IServiceProvider Services => _server.Services;

    public static async Task<EmbeddedLoop> StartAsync(string pipelines, string pipeline, string baseDirectory, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-proof-").FullName;
        var server = await AlignOpsServer.StartAsync(new HostSettings(Path.Combine(folder, "state"), pipelines, "http://127.0.0.1:0"), cancellationToken);
        var loop = new EmbeddedLoop(server, folder, pipeline);
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(baseDirectory, cancellationToken);
        await loop.Client.CertifyAsync(pipeline, checkpoint, cancellationToken);
        return loop;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
