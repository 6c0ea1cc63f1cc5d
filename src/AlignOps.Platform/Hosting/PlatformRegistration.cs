using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Diagnosis;
using AlignOps.Platform.Health;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AlignOps.Platform.Hosting;

public static class PlatformRegistration
{
    /// <summary>
    /// Adds storage, bus, jobs, blobs, definitions and access. Services may register before or after; the bus is built from all of them at start.
    /// </summary>
    /// <exception cref="OptionsValidationException">The options are wrong; it lists every fault.</exception>
    public static IServiceCollection AddPlatform(this IServiceCollection services, PlatformOptions options)
    {
        if (services.Any(service => service.ServiceType == typeof(PlatformOptions)))
        {
            throw new InvalidOperationException("AddPlatform can only be called once per service collection.");
        }

        var validated = new PlatformOptionsValidator().Validate(null, options);
        if (validated.Failed)
        {
            throw new OptionsValidationException(nameof(PlatformOptions), typeof(PlatformOptions), validated.Failures);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new DataFolder(options.DataFolder));
        return services.AddHealth().AddStorage(options).AddMessaging().AddJobs().AddBlobs().AddDefinitions().AddAccess();
    }

    private static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<BusHealthCheck>("bus", tags: ["ready"])
            .AddCheck<DatabaseHealthCheck>("database", tags: ["ready"])
            .AddCheck<MigrationHealthCheck>("migrations", tags: ["ready"])
            .AddCheck<DiskHealthCheck>("disk", tags: ["ready"])
            .AddCheck<HandlerHealthCheck>("handlers", tags: ["live"]);
        services.AddSingleton<DatabaseExamination>();
        services.AddSingleton<IDoctor, Doctor>();
        return services;
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, PlatformOptions options)
    {
        services.AddHostedService<PlatformStart>();
        services.AddPlatformMigrations();
        services.AddSingleton<RoleCatalog>();
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<Patience>();
        if (!options.UsesPostgres)
        {
            return services.AddSingleton<IDatabase, SqliteDatabase>();
        }

        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(PostgresAddress.Read(options.Database!).ConnectionString).Build());
        services.AddSingleton<PostgresReach>();
        return services.AddSingleton<IDatabase, PostgresDatabase>();
    }

    private static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<WakeUps>();
        services.AddSingleton<MessageCatalog>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<IDeadLetters>(provider => provider.GetRequiredService<DeadLetters>());
        services.AddSingleton<HandlerWatch>();
        services.AddSingleton<ITraces, Traces>();
        services.AddSingleton<MessageDispatcher>();
        services.AddSingleton<BrokerReach>();
        services.AddSingleton<BusFactory>();
        services.AddSingleton<BusService>();
        services.AddHostedService(provider => provider.GetRequiredService<BusService>());
        services.AddHostedService<BusWatchdog>();
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService<DatabaseNotifications>();
        services.AddHostedService<PlatformGauges>();
        return services.AddHostedService<InboxPruner>();
    }

    private static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobStore>();
        services.AddSingleton<IJobQueue, JobQueue>();
        services.AddSingleton<IJobResults, JobResults>();
        services.AddSingleton<JobWorker>();
        return services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
    }

    private static IServiceCollection AddBlobs(this IServiceCollection services) => services
        .AddSingleton<FileBlobStore>()
        .AddSingleton<IBlobStore>(provider => provider.GetRequiredService<FileBlobStore>());

    private static IServiceCollection AddDefinitions(this IServiceCollection services) => services
        .AddSingleton<IPipelineDefinitions, PipelineDefinitions>()
        .AddSingleton<IDefinitionValidator, DefinitionValidator>();
}
