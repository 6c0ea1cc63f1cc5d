using AlignOps.Contracts.Runs;
using AlignOps.Intake.Batches;
using AlignOps.Intake.Datasets;
using AlignOps.Intake.Inbox;
using AlignOps.Intake.Rows;
using AlignOps.Intake.Storage;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake;

/// <summary>Batches of feedback and the dataset versions made of them.</summary>
public static class IntakeServices
{
    internal const string Service = "intake";

    /// <summary>Adds the intake service; its endpoints come with <see cref="Http.IntakeEndpoints.MapIntake"/>.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>().BindConfiguration("Intake").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPipelineNames, PipelineNamesView>();
        services.TryAddSingleton<BatchPush>();
        services.TryAddSingleton<BatchQueries>();
        services.TryAddSingleton<RowsPush>();
        services.TryAddSingleton<ServedThumbs>();
        return services
            .AddMigration(Service, 1, IntakeMigrations.Tables)
            .AddMigration(Service, 2, IntakeMigrations.Views)
            .AddMigration(Service, 3, IntakeMigrations.Waiting)
            .AddServiceWorker<InboxWorker>(Service)
            .AddServiceWorker<RowsWorker>(Service)
            .AddMessageHandler<BuildDataset, BuildDatasetHandler>(Service)
            .AddJobHandler<DatasetJob>()
            .AddPipelineSection<MixSection, MixSectionRules>();
    }
}
