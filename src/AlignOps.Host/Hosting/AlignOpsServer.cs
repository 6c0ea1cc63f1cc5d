using System.Net.Sockets;
using AlignOps.Evaluation;
using AlignOps.Examples.SupportAssistant.Verifiers;
using AlignOps.Host.Cli;
using AlignOps.Intake;
using AlignOps.Intake.Http;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Pipelines;
using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;
using AlignOps.Promotion;
using AlignOps.Rewards;
using AlignOps.Serving;
using AlignOps.Synthesis;
using AlignOps.Training;
using Microsoft.AspNetCore.Connections;

namespace AlignOps.Host.Hosting;

/// <summary>A running process of AlignOps, in this process.</summary>
internal sealed class AlignOpsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AlignOpsServer(WebApplication application) => _application = application;

    public Uri Url => new(_application.Urls.First());

    public IServiceProvider Services => _application.Services;

    /// <exception cref="CommandException">The settings do not hold together, or the folder, database, broker or port cannot be had.</exception>
    public static async Task<AlignOpsServer> StartAsync(HostSettings settings, CancellationToken cancellationToken, Action<IServiceCollection>? configure = null)
    {
        if (settings.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new CommandException(ExitCode.Usage, string.Join('\n', faults));
        }

        var application = Build(settings, configure);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (Explain(failure, settings) is { } sentence)
        {
            await application.DisposeAsync();
            throw new CommandException(ExitCode.Usage, sentence);
        }

        return new AlignOpsServer(application);
    }

    /// <summary>Returns when the process is asked to stop, by the token or from inside.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a service is stopped, not a failure.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static WebApplication Build(HostSettings settings, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks();
        builder.Services.Configure<PipelinesOptions>(options => options.PipelinesDirectory = settings.Pipelines);
        builder.Services.AddSingleton<IPolicyEngine>(_ => new CpuPolicyEngine());
        builder.Services.AddSingleton<IVerifier, SupportAssistantVerifier>();
        builder.Services.AddSingleton<IVerifier, SupportFluencyVerifier>();
        builder.Services.AddSingleton<VerifierCatalogue>();
        builder.Services
            .AddPlatform(new PlatformOptions
            {
                DataFolder = settings.Data,
                Database = settings.Database,
                Bus = settings.Bus,
                Roles = settings.HostedRoles.Count == HostSettings.AllRoles.Count ? [] : settings.HostedRoles,
            })
            .AddIntake()
            .AddSynthesis()
            .AddTraining()
            .AddEvaluation()
            .AddPromotion()
            .AddPipelines()
            .AddServing();
        configure?.Invoke(builder.Services);

        var application = builder.Build();
        application.UseExceptionHandler();
        application.UseStatusCodePages();
        application.UseAuthentication();
        application.UseAuthorization();
        Map(application, settings.HostedRoles);
        return application;
    }

    private static void Map(WebApplication application, IReadOnlyList<string> roles)
    {
        application.MapAccess();
        application.MapOperations();
        var doors = new Dictionary<string, Action>
        {
            ["intake"] = () => application.MapIntake(),
            ["promotion"] = () => application.MapPromotion(),
            ["pipelines"] = () => application.MapPipelines(),
            ["serving"] = () => application.MapServing(),
        };
        foreach (var role in roles)
        {
            doors.GetValueOrDefault(role)?.Invoke();
        }
    }

    private static string? Explain(Exception failure, HostSettings settings) => failure switch
    {
        StartRefusedException refused => refused.Message,
        Microsoft.Extensions.Options.OptionsValidationException options => string.Join('\n', options.Failures),
        IOException { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            $"Port {new Uri(settings.Url).Port} is in use. Stop what listens there, or name another with --port.",
        _ => failure.InnerException is { } inner ? Explain(inner, settings) : null,
    };
}
