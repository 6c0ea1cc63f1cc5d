using AlignOps.Contracts.Runs;
using AlignOps.Platform.Registration;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Promotion.Gates;
using AlignOps.Promotion.Http;
using AlignOps.Promotion.Registry;
using AlignOps.Promotion.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Promotion;

public static class PromotionService
{
    internal const string Name = "promotion";

    /// <summary>Answers <see cref="DecideGate"/> with <see cref="GateDecided"/>, and owns the registry of champions.</summary>
    public static IServiceCollection AddPromotion(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ChampionRegistry>();
        services.AddSingleton<ModelProbe>();
        services.AddSingleton<ApprovalDesk>();
        services.AddServiceWorker<ApprovalSweeper>(Name);
        services.AddOptions<WebhookOptions>()
            .Validate(options => options.Timeout > TimeSpan.Zero && options.Timeout <= TimeSpan.FromMinutes(5), "Promotion: the webhooks' Timeout must be above zero and at most five minutes.")
            .Validate(options => options.Poll > TimeSpan.Zero, "Promotion: the webhooks' Poll must be above zero.")
            .ValidateOnStart();
        services.AddSingleton<WebhookSender>();
        services.AddServiceWorker<WebhookWorker>(Name);
        services.AddOptions<DeploymentOptions>()
            .Validate(options => options.Interval > TimeSpan.Zero && options.IdleInterval > TimeSpan.Zero, "Promotion: Interval and IdleInterval of deployments must be above zero.")
            .ValidateOnStart();
        services.AddSingleton<DeploymentWakeUp>();
        services.AddSingleton<Deployer>();
        services.AddSingleton<DeploymentWatch>();
        services.AddServiceWorker<DeploymentWorker>(Name);
        return services
            .AddMigration(Name, 1, PromotionTables.First)
            .AddMigration(Name, 2, PromotionTables.Second)
            .AddMigration(Name, 3, PromotionTables.Approvals)
            .AddMigration(Name, 4, DeploymentTables.Sql)
            .AddMigration(Name, 5, PromotionTables.HistoryOfRuns)
            .AddMigration(Name, 6, WebhookStore.Sql)
            .AddPipelineSection<GateSection, GateSectionDefinition>()
            .AddPipelineSection<WebhookSection, WebhookSectionDefinition>()
            .AddPipelineSection<DeploymentSection, DeploymentSectionRules>()
            .AddMessageHandler<DecideGate, DecideGateHandler>(Name)
            .AddMessageHandler<PeopleAnswered, PeopleAnsweredHandler>(Name);
    }

    /// <summary>Champions and their history, certification, rollback and holds; gate records and approvals; the audit log's verification.</summary>
    public static IEndpointRouteBuilder MapPromotion(this IEndpointRouteBuilder routes)
    {
        ChampionEndpoints.Map(routes);
        HoldEndpoints.Map(routes);
        DeploymentEndpoints.Map(routes);
        GateEndpoints.Map(routes);
        ApprovalEndpoints.Map(routes);
        ModelEndpoints.Map(routes);
        WebhookEndpoints.Map(routes);
        return routes;
    }
}
