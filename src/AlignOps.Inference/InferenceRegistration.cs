using AlignOps.Inference.Endpoints;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Inference;

public static class InferenceRegistration
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(15), ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>Registers <see cref="IChatEndpoints"/>: any OpenAI-compatible endpoint, OpenAI, and Azure OpenAI's v1 endpoint.</summary>
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecrets, ProcessSecrets>();
        services.TryAddSingleton<IChatEndpoints>(provider => new OpenAiEndpoints(
            provider.GetRequiredService<ISecrets>(), () => new DefaultAzureCredential(), Http, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>No redirects: they would carry text and key to an address that nobody allowed. No cookies, and no compression that hides a response's size.</summary>
    internal static HttpMessageHandler Http() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = Connecting,
        PooledConnectionLifetime = ConnectionLife,
    };
}
