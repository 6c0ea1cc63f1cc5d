using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Definitions;
using AlignOps.Pipelines.Http;
using AlignOps.Pipelines.Reconciliation;
using AlignOps.Pipelines.Runs;
using AlignOps.Pipelines.Schedules;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Access;
using AlignOps.Platform.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Pipelines;

/// <summary>Reads pipeline definitions, runs the loop's process manager, and keeps the schedules.</summary>
public static class PipelinesService
{
    public static IServiceCollection AddPipelines(this IServiceCollection services)
    {
        foreach (var migration in PipelinesMigrations.All)
        {
            services.AddSingleton(migration);
        }

        services.AddOptions<PipelinesOptions>()
            .Validate(options => !string.IsNullOrWhiteSpace(options.PipelinesDirectory), "Pipelines: PipelinesDirectory is empty; name the folder that holds a folder for each pipeline.")
            .Validate(options => options.ReconcileInterval > TimeSpan.Zero, "Pipelines: ReconcileInterval must be above zero.")
            .Validate(options => options.SchedulePoll >= TimeSpan.FromSeconds(1), "Pipelines: SchedulePoll must be at least one second.")
            .ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PipelineLoader>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton<DefinitionCatalog>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<BatchStore>();
        services.AddSingleton<TriggerStore>();
        services.AddSingleton<RunWriter>();
        services.AddSingleton<RolledBackRuns>();
        services.AddSingleton<RunOrigins>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunCoordinator>();
        services.AddSingleton<Reconciler>();
        services.TryAddSingleton<IScheduleFiring, OutboxScheduleFiring>();
        services.AddSingleton<ScheduleHost>();
        services.AddSingleton<PipelineQueries>();
        services.AddServiceWorker<PipelinesWorker>(PipelinesMigrations.Service);
        services.AddPipelineSection<ScheduleSection, ScheduleSectionRules>();

        return services
            .Handle<BatchAccepted, BatchMessageHandler>()
            .Handle<BatchReleased, BatchMessageHandler>()
            .Handle<DatasetPublished, RunMessageHandler>()
            .Handle<SynthesisCompleted, RunMessageHandler>()
            .Handle<CandidateTrained, RunMessageHandler>()
            .Handle<CandidateEvaluated, RunMessageHandler>()
            .Handle<GateDecided, RunMessageHandler>()
            .Handle<StepFailed, RunMessageHandler>()
            .Handle<ScheduleFired, TriggerMessageHandler>()
            .Handle<RunRequested, TriggerMessageHandler>()
            .Handle<ModelPromoted, TriggerMessageHandler>()
            .Handle<DeploymentChanged, TriggerMessageHandler>();
    }

    public static IEndpointRouteBuilder MapPipelines(this IEndpointRouteBuilder routes)
    {
        var product = routes.MapGroup("/v1").WithTags("pipelines").RequireAuthorization(nameof(AccessRole.Product));
        product.MapGet("/pipelines", PipelineEndpoints.ListAsync);
        product.MapGet("/pipelines/{pipeline}/batches/states", BatchEndpoints.ListAsync);
        product.MapGet("/runs", RunEndpoints.ListAsync);
        product.MapGet("/runs/{runId}", RunEndpoints.GetAsync);

        var ops = routes.MapGroup("/v1").WithTags("pipelines").RequireAuthorization(nameof(AccessRole.Ops));
        ops.MapPost("/pipelines/{pipeline}/runs", RunEndpoints.PostAsync);
        ops.MapPost("/batches/{batchId}/release", BatchEndpoints.ReleaseAsync);
        return routes;
    }

    private static IServiceCollection Handle<TMessage, THandler>(this IServiceCollection services)
        where TMessage : class
        where THandler : class, Platform.Messaging.IHandle<TMessage> =>
        services.AddMessageHandler<TMessage, THandler>(PipelinesMigrations.Service);
}
