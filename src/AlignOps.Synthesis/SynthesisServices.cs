using AlignOps.Contracts.Runs;
using AlignOps.Platform.Registration;
using AlignOps.Synthesis.Definitions;
using AlignOps.Synthesis.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Synthesis;

/// <summary>The synthesis role: it takes <see cref="Synthesize"/> and answers with <see cref="SynthesisCompleted"/>.</summary>
public static class SynthesisServices
{
    /// <remarks>Needs Platform, an <c>IPolicyEngine</c> and a <c>VerifierCatalogue</c>.</remarks>
    public static IServiceCollection AddSynthesis(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(SynthesisMigrations.Results);
        return services
            .AddMessageHandler<Synthesize, SynthesizeHandler>(SynthesisMigrations.Service)
            .AddJobHandler<SampleJob>()
            .AddPipelineSection<SynthesisSection, SynthesisPipelineSection>();
    }
}
