using AlignOps.Platform.Registration;
using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Api;
using AlignOps.WebConsole.Forms;
using AlignOps.WebConsole.Live;
using AlignOps.WebConsole.Pages;
using AlignOps.WebConsole.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AlignOps.WebConsole;

/// <summary>The web console: pages made on the server, which read views and write through the HTTP API in the visitor's name.</summary>
public static class ConsoleService
{
    internal const string Service = "console";

    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddOptions<ConsoleOptions>().BindConfiguration("Console").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorComponents();
        services.AddConsoleAccess();
        services.AddHttpClient(ApiClient.Name, client => client.Timeout = TimeSpan.FromMinutes(2));
        services.AddSingleton<Notes>();
        services.AddSingleton<ApiAddresses>();
        services.AddSingleton<ApiClient>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<GateLevels>();
        services.AddSingleton<NowReader>();
        services.AddSingleton<RunsReader>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<GateReader>();
        services.AddSingleton<ModelsReader>();
        services.AddSingleton<JudgesReader>();
        services.AddSingleton<BatchReader>();
        services.AddSingleton<LabelReader>();
        services.AddScoped<RegionRenderer>();
        services.AddScoped<LiveStream>();
        return services.AddRole(Service);
    }

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AddEndpointFilter<ConsoleHeaders>().AllowAnonymous().ExcludeFromDescription();
        open.MapGet("/assets/{name}", (string name, HttpContext http) => AssetFiles.Serve(name, http));
        SignInEndpoints.Map(open);

        var pages = routes.MapGroup("").AddEndpointFilter<ConsoleHeaders>().RequireAuthorization(ConsoleAccess.Policy).ExcludeFromDescription();
        PageEndpoints.Map(pages);
        FormEndpoints.Map(pages);
        LiveEndpoints.Map(pages);
        SignInEndpoints.MapSignOut(pages);
        return routes;
    }
}
