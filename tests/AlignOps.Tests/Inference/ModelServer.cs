using AlignOps.Inference;
using AlignOps.Inference.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Inference;

/// <summary>A model server on loopback that answers chat completions as a test wants.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ModelServer(WebApplication application) => _application = application;

    public string Url => _application.Urls.First() + "/v1";

    public static async Task<ModelServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.MapPost("/v1/chat/completions", answer);
        await application.StartAsync();
        return new ModelServer(application);
    }

    public IChatEndpoint Open(string? key = null, IReadOnlyDictionary<string, string>? secrets = null) =>
        new OpenAiEndpoints(new EndpointRulesTests.Secrets(secrets ?? new Dictionary<string, string>()), () => throw new InvalidOperationException(), InferenceRegistration.Http, TimeProvider.System)
            .Open(new EndpointOptions(EndpointProvider.Compatible, Url, "judge-1", key, false, false));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
