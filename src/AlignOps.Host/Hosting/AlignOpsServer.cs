using System.Net.Sockets;
using AlignOps.Evaluation;
using AlignOps.Examples.SupportAssistant.Verifiers;
using AlignOps.Host.Cli;
using AlignOps.Host.Telemetry;
using AlignOps.Intake;
using AlignOps.Intake.Http;
using AlignOps.Models.Policies;
using AlignOps.Pipelines;
using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Promotion;
using AlignOps.Promotion.Webhooks;
using AlignOps.Rewards;
using AlignOps.Serving;
using AlignOps.Synthesis;
using AlignOps.Training;
using AlignOps.WebConsole;
using Microsoft.AspNetCore.Connections;

namespace AlignOps.Host.Hosting;

/// <summary>A running process of AlignOps, in this process.</summary>
internal sealed class AlignOpsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AlignOpsServer(WebApplication application, string database) => (_application, Database) = (application, database);

    public Uri Url => new(_application.Urls.First());

    /// <summary>The database for people, without its password.</summary>
    public string Database { get; }

    public IServiceProvider Services => _application.Services;

    /// <exception cref="CommandException">The settings do not hold together, or the folder, database, broker or port cannot be had.</exception>
    public static async Task<AlignOpsServer> StartAsync(HostSettings settings, CancellationToken cancellationToken, Action<IServiceCollection>? configure = null)
    {
        if (settings.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new CommandException(ExitCode.Usage, string.Join('\n', faults));
        }

        WebApplication? application = null;
        try
        {
            PortCheck.Try(new Uri(settings.Url));
            application = Build(settings, configure);
            await application.StartAsync(cancellationToken);
            return new AlignOpsServer(application, NameOf(settings.Database));
        }
        catch (Exception failure) when (Explain(failure, settings) is { } sentence)
        {
            await (application?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw new CommandException(ExitCode.Usage, sentence);
        }
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

    /// <summary>Settings of a process that is built to be asked and never started: it touches no folder, port or server.</summary>
    internal static HostSettings Unstarted => new(Path.Combine(Path.GetTempPath(), "alignops-unstarted"), "pipelines");

    internal static WebApplication Build(HostSettings settings, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(settings.Url);
        if (settings.Inbox is { } inbox)
        {
            builder.Configuration["Intake:Inbox:Directory"] = Path.GetFullPath(inbox);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A conversation or a reason is small; only a batch is not, and intake raises the limit for its own door.
            kestrel.Limits.MaxRequestBodySize = 4 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);

        // A start that is refused ends as one sentence of ours; this category would print its stack trace first. What stops a running host is critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("MassTransit", LogLevel.Critical);

        // The console's keys lie in a folder that only this user may read, beside the database; the warning would be every first start's first line.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddProblemDetails().AddExceptionHandler<DiskFullHandler>();
        builder.Services.Configure<WebhookOptions>(options => options.AllowPrivateAddresses = Environment.GetEnvironmentVariable("ALIGNOPS_WEBHOOKS_PRIVATE") == "allow");
        builder.Services.Configure<PipelinesOptions>(options => options.PipelinesDirectory = settings.Pipelines);
        builder.Services.AddSingleton(_ => PolicyEngines.Create(settings.Engine));
        builder.Services.AddSingleton<IVerifier, SupportAssistantVerifier>();
        builder.Services.AddSingleton<IVerifier, SupportFluencyVerifier>();
        builder.Services.AddSingleton<VerifierCatalogue>();
        var options = settings.Platform();
        builder.Services
            .AddTelemetry(TelemetryIdentity.Of(settings.HostedRoles, options.WorkerId))
            .AddPlatform(options)
            .AddIntake()
            .AddSynthesis()
            .AddTraining()
            .AddEvaluation()
            .AddPromotion()
            .AddPipelines()
            .AddServing()
            .AddConsole();
        configure?.Invoke(builder.Services);

        var application = builder.Build();
        if (settings.HostedRoles.Intersect(["synthesis", "training", "evaluation", "serving"]).Any())
        {
            // A device that is not there stops the start, not the first job.
            _ = application.Services.GetRequiredService<IPolicyEngine>();
        }

        application.UseRequestSpans();
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
        application.MapDeadLetters();
        var doors = new Dictionary<string, Action>
        {
            ["intake"] = () => application.MapIntake(),
            ["evaluation"] = () => application.MapEvaluation(),
            ["promotion"] = () => application.MapPromotion(),
            ["pipelines"] = () => application.MapPipelines(),
            ["serving"] = () => application.MapServing(),
            ["console"] = () => application.MapConsole(),
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
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"This user may not listen on port {new Uri(settings.Url).Port}. Name one above 1023 with --port.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"This machine has no address {new Uri(settings.Url).Host}. Name one of its own with --address, such as 127.0.0.1.",
        _ => failure.InnerException is { } inner ? Explain(inner, settings) : null,
    };

    private static string NameOf(string? database)
    {
        if (database is null)
        {
            return $"SQLite {SqliteLibrary.Version}";
        }

        var address = PostgresAddress.Read(database);
        return $"PostgreSQL {address.Host}:{address.Port}/{address.Database}";
    }
}
