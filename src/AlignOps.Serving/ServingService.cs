using AlignOps.Contracts.Registry;
using AlignOps.Platform.Access;
using AlignOps.Platform.Registration;
using AlignOps.Serving.Chat;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Feedback;
using AlignOps.Serving.Inferences;
using AlignOps.Serving.Policies;
using AlignOps.Serving.Routing;
using AlignOps.Serving.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Serving;

/// <summary>Answers by each pipeline's champion over OpenAI's API, switches when the champion changes, and takes feedback on its answers.</summary>
public static class ServingService
{
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        foreach (var migration in ServingMigrations.All)
        {
            services.AddSingleton(migration);
        }

        services.AddOptions<ServingOptions>()
            .Validate(options => options.MaxBatch >= 1 && options.QueueCapacity >= 1, "Serving: MaxBatch and QueueCapacity must be at least 1.")
            .Validate(options => options.PollInterval > TimeSpan.Zero, "Serving: PollInterval must be above zero.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPolicyLoader, EnginePolicyLoader>();
        services.AddSingleton<PolicyOpener>();
        services.AddSingleton<PolicyCatalog>();
        services.AddSingleton<CandidateWatcher>();
        services.AddSingleton<PolicyRouter>();
        services.AddSingleton<ShadowRunner>();
        services.AddSingleton<ServingDefaults>();
        services.AddSingleton<InferenceLog>();
        services.AddSingleton<FeedbackStore>();
        services.AddSingleton<ChatRecorder>();
        services.AddSingleton<ChatService>();
        services.AddHealthChecks().AddCheck<ServingHealth>(ServingMigrations.Service, tags: ["ready"]);
        services.AddServiceWorker<ChampionWatcher>(ServingMigrations.Service);
        services.AddServiceWorker<InferenceRetention>(ServingMigrations.Service);
        services.AddPipelineSection<ServingSection, ServingSectionRules>();
        services.AddInstanceListener<DeploymentChanged, DeploymentChangedListener>(ServingMigrations.Service);
        return services.AddInstanceListener<ModelPromoted, ModelPromotedListener>(ServingMigrations.Service);
    }

    public static IEndpointRouteBuilder MapServing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("serving").RequireAuthorization(nameof(AccessRole.Product)).WithMetadata(new OpenAiAccessRefusal());
        group.MapPost("/chat/completions", ChatEndpoint.PostAsync);
        group.MapGet("/models", ModelsEndpoint.Get);
        group.MapGet("/models/{model}", ModelsEndpoint.GetOne);
        group.MapPost("/feedback", FeedbackEndpoint.PostAsync);
        return routes;
    }
}
