using AlignOps.Host.Hosting;

namespace AlignOps.Tests.Host;

/// <summary>The whole program in this process, on a folder of its own, with no pipeline.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly AlignOpsServer _server;
    private readonly string _folder;

    private RunningServer(AlignOpsServer server, string folder)
    {
        (_server, _folder) = (server, folder);
        Http = new HttpClient { BaseAddress = server.Url };
    }

    public HttpClient Http { get; }

    public string DataFolder => Path.Combine(_folder, "state");

    public IServiceProvider Services => _server.Services;

    public static async Task<RunningServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("alignops-").FullName;
        var pipelines = Directory.CreateDirectory(Path.Combine(folder, "pipelines")).FullName;
        return new RunningServer(await AlignOpsServer.StartAsync(new HostSettings(Path.Combine(folder, "state"), pipelines, "http://127.0.0.1:0"), CancellationToken.None), folder);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
