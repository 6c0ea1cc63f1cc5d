using AlignOps.Intake.Batches;
using AlignOps.Platform.Definitions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Inbox;

/// <summary>Looks at the inbox again and again. A folder in it is a pipeline's by its name; folders that are links, and files beside the folders, are left alone.</summary>
internal sealed partial class InboxWorker(
    IPipelineNames pipelines, BatchPush batches, IOptions<IntakeOptions> options, TimeProvider time, ILogger<InboxWorker> logger) : BackgroundService
{
    private readonly Dictionary<string, InboxFolder> _folders = new(StringComparer.Ordinal);

    /// <summary>One look at every pipeline's folder, which is made where it is missing.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in await pipelines.ListAsync(cancellationToken))
        {
            var path = Path.Combine(options.Value.Inbox.Directory!, pipeline.Name);
            if (!_folders.TryGetValue(path, out var folder))
            {
                Directory.CreateDirectory(path);
                _folders[path] = folder = new InboxFolder(path, batches, options, time, logger);
            }

            if (new DirectoryInfo(path).LinkTarget is not null)
            {
                LogLink(path);
                continue;
            }

            try
            {
                await folder.LookAsync(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(fault, path);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Inbox.Directory is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Inbox.Interval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, options.Value.Inbox.Directory);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Inbox folder {Folder} is a symbolic link and is not looked into")]
    private partial void LogLink(string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "A look at inbox folder {Folder} failed; the next one tries again")]
    private partial void LogFailed(Exception fault, string folder);
}
