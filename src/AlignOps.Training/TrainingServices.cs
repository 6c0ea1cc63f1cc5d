using AlignOps.Contracts.Runs;
using AlignOps.Platform.Registration;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Training;

/// <summary>The training role: it takes <see cref="TrainCandidate"/> and answers with <see cref="CandidateTrained"/>.</summary>
public static class TrainingServices
{
    /// <remarks>Needs Platform and an <c>IPolicyEngine</c>.</remarks>
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<VerifierCatalogue>();
        services.AddSingleton(TrainingMigrations.Candidates);
        services.AddSingleton(TrainingMigrations.Views);
        return services
            .AddMessageHandler<TrainCandidate, TrainCandidateHandler>(TrainingMigrations.Service)
            .AddJobHandler<TrainJob>()
            .AddPipelineSection<TrainingSection, TrainingPipelineSection>();
    }
}
