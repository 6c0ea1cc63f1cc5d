using AlignOps.Contracts;
using AlignOps.Serving;
using AlignOps.Serving.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Serving;

/// <summary>Serving as it is, on Kestrel, with a policy that a test has written.</summary>
internal sealed class ScriptedHost(ScriptedPolicy policy, Action<ServingOptions>? options = null) : ServingHost, IPolicyLoader
{
    /// <summary>Started, and its champion served as version 1.</summary>
    public static async Task<ScriptedHost> StartAsync(ScriptedPolicy policy, Action<ServingOptions>? options = null)
    {
        var host = new ScriptedHost(policy, options);
        await host.InitializeAsync();
        await host.RegisterAsync(1, null);
        await host.UntilServedAsync(1);
        return host;
    }

    public Task<LoadedPolicy> LoadAsync(ModelRef model, CancellationToken cancellationToken) => Task.FromResult(new LoadedPolicy(policy, policy.Tokenizer));

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<IPolicyLoader>(this);
        services.Configure<ServingOptions>(serving => options?.Invoke(serving));
    }
}
