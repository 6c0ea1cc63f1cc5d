using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AlignOps.Platform.Registration;

/// <summary>What a service says of itself: its tables, the messages it handles, its long jobs and its section of pipeline.yaml.</summary>
public static class ServiceRegistrations
{
    public static IServiceCollection AddMigration(this IServiceCollection services, string service, int number, string sql) =>
        services.AddSingleton(new Migration(service, number, sql));

    /// <summary>Handles a message on the service's queue, once, inside a unit of work.</summary>
    public static IServiceCollection AddMessageHandler<TMessage, THandler>(this IServiceCollection services, string service)
        where TMessage : class
        where THandler : class, IHandle<TMessage>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new HandlerRegistration(service, typeof(TMessage), typeof(THandler), PerInstance: false));
    }

    /// <summary>Hears an event in every process of the service, without inbox: a nudge to look at the owner's table, which is the truth.</summary>
    public static IServiceCollection AddInstanceListener<TMessage, TListener>(this IServiceCollection services, string service)
        where TMessage : class
        where TListener : class, IListen<TMessage>
    {
        services.AddScoped<TListener>();
        return services.AddSingleton(new HandlerRegistration(service, typeof(TMessage), typeof(TListener), PerInstance: true));
    }

    /// <summary>Lets a process be told to host a service that handles no message.</summary>
    public static IServiceCollection AddRole(this IServiceCollection services, string service) => services.AddSingleton(new RoleRegistration(service));

    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services) where THandler : class, IJobHandler =>
        services.AddSingleton<IJobHandler, THandler>();

    /// <summary>Runs a background loop of the service, in the processes that host it.</summary>
    public static IServiceCollection AddServiceWorker<TWorker>(this IServiceCollection services, string service) where TWorker : class, IHostedService
    {
        services.AddRole(service);
        services.AddSingleton<TWorker>();
        return services.AddSingleton<IHostedService>(provider =>
            provider.GetRequiredService<PlatformOptions>().Hosts(service) ? provider.GetRequiredService<TWorker>() : NoWork.Instance);
    }

    public static IServiceCollection AddPipelineSection<TSection, TImplementation>(this IServiceCollection services)
        where TSection : class, new()
        where TImplementation : class, IPipelineSection<TSection>
    {
        services.AddSingleton<IPipelineSection<TSection>, TImplementation>();
        return services.AddSingleton(new SectionRegistration(typeof(TSection), typeof(IPipelineSection<TSection>)));
    }
}
