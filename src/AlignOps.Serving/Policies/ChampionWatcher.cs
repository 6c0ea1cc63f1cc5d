using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Policies;

/// <summary>
/// Keeps the catalogue in step with the registry. A new champion is loaded and answers one token before it takes over;
/// one that cannot do so leaves the old one in place and is tried again, ever less often.
/// </summary>
internal sealed partial class ChampionWatcher(
    IDatabase database,
    PolicyOpener opener,
    CandidateWatcher candidates,
    PolicyCatalog catalog,
    ServingDefaults defaults,
    IOptions<ServingOptions> options,
    TimeProvider clock,
    ILogger<ChampionWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Dictionary<string, Failure> _failures = new(StringComparer.Ordinal);

    /// <summary>Looks at the registry now rather than at the next poll.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    /// <summary>One look at the registry: loads, switches, removes.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var deployments = await CandidateRow.ReadAsync(database, cancellationToken);
        var champions = await ChampionRow.ReadAsync(database, cancellationToken);
        foreach (var champion in champions)
        {
            await defaults.UpdateAsync(champion.Pipeline, champion.DefinitionDigest, cancellationToken);
            var current = catalog.Find(champion.Pipeline);
            if (current is null || current.Champion.Version != champion.Version || current.Model != champion.Model)
            {
                await SwitchAsync(champion, cancellationToken);
            }
        }

        var served = catalog.All.Select(policy => policy.Champion.Pipeline).Concat(catalog.Faults.Select(fault => fault.Pipeline));
        foreach (var gone in served.Except(champions.Select(champion => champion.Pipeline)))
        {
            catalog.Remove(gone);
            LogRemoved(gone);
        }

        await candidates.ApplyAsync(deployments, cancellationToken);
        catalog.Ready = true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await SyncAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // What is served goes on being served while the registry cannot be read.
                LogSyncFailed(exception);
            }

            await _wake.WaitAsync(options.Value.PollInterval, stoppingToken);
        }
    }

    private async Task SwitchAsync(ChampionRow champion, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var failure = _failures.GetValueOrDefault(champion.Pipeline);
        if (failure is not null && failure.Champion == champion && clock.GetUtcNow() < failure.NotBefore)
        {
            return;
        }

        try
        {
            // A candidate that becomes champion is in memory already and has answered people.
            var next = catalog.CandidateOf(champion.Pipeline)?.Policy is { } candidate && candidate.Model == champion.Model ? candidate.TryRename(champion) : null;
            catalog.Switch(next ?? new ServedPolicy(champion, await opener.OpenAsync(champion.Model, cancellationToken), options.Value));
            _failures.Remove(champion.Pipeline);
            LogSwitched(champion.Pipeline, champion.Version, champion.Model.ShortName, clock.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var wait = failure?.Champion == champion ? failure.Wait * 2 : options.Value.PollInterval;
            wait = wait > LongestBackOff ? LongestBackOff : wait;
            _failures[champion.Pipeline] = new Failure(champion, wait, clock.GetUtcNow() + wait);
            catalog.Report(new PolicyFault(champion.Pipeline, champion.Version, Explain(champion, exception)));
            LogSwitchFailed(exception, champion.Pipeline, champion.Version, champion.Model.ShortName);
        }
    }

    /// <summary>For callers, who have no business with paths: the log has the rest.</summary>
    private static string Explain(ChampionRow champion, Exception exception)
    {
        var files = champion.Model.Adapter is { } adapter ? $"adapter {adapter[..8]}" : $"checkpoint {champion.Model.Checkpoint[..8]}";
        return $"{champion.Pipeline}@{champion.Version} cannot be served by this server: " + exception switch
        {
            BlobMissingException missing => $"{(missing.Digest == champion.Model.Checkpoint ? $"checkpoint {missing.Digest[..8]}" : files)} is not on its disk.",
            ModelFormatException => $"the files of {files} cannot be read as a model.",
            _ => $"{files} could not be loaded.",
        };
    }

    private sealed record Failure(ChampionRow Champion, TimeSpan Wait, DateTimeOffset NotBefore);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Pipeline} is served by version {Version} ({Model}) after {Milliseconds:0} ms")]
    private partial void LogSwitched(string pipeline, int version, string model, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Version {Version} ({Model}) of {Pipeline} cannot be served; what was served before stays")]
    private partial void LogSwitchFailed(Exception exception, string pipeline, int version, string model);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Pipeline} has no champion any more and is not served")]
    private partial void LogRemoved(string pipeline);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The registry could not be read")]
    private partial void LogSyncFailed(Exception exception);
}
