using System.Collections.Concurrent;
using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Pipelines.Definitions;

/// <summary>
/// The pipelines folder as it stands. A folder is read again when one of its files has changed, so that an edit counts from the next run on;
/// a pipeline whose file is broken is refused with its faults while the others run.
/// </summary>
internal sealed partial class DefinitionCatalog(
    PipelineLoader loader,
    DefinitionStore store,
    IDatabase database,
    IBlobStore blobs,
    IPipelineDefinitions sections,
    IOptions<PipelinesOptions> options,
    ILogger<DefinitionCatalog> logger)
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private bool _recorded;

    /// <summary>Reads every folder that has changed and records what stands.</summary>
    public async Task<IReadOnlyList<LoadedDefinition>> RefreshAsync(CancellationToken cancellationToken)
    {
        var definitions = new List<LoadedDefinition>();
        foreach (var folder in DefinitionFolder.All(options.Value.PipelinesDirectory))
        {
            definitions.Add(await LoadAsync(folder, cancellationToken));
        }

        if (!_recorded || _known.Count > definitions.Count || definitions.Any(definition => !_known[definition.Pipeline].Recorded))
        {
            var gone = await database.WriteAsync((work, token) => RecordAsync(work, definitions, token), cancellationToken);
            foreach (var pipeline in gone)
            {
                _known.TryRemove(pipeline, out _);
            }

            definitions.ForEach(MarkRecorded);
            _recorded = true;
        }

        if (definitions.Count == 0)
        {
            LogNone(Path.GetFullPath(options.Value.PipelinesDirectory));
        }

        return definitions;
    }

    /// <summary>One pipeline as its folder stands at this moment; null when it has none.</summary>
    public async Task<LoadedDefinition?> CurrentAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        if (DefinitionFolder.Find(options.Value.PipelinesDirectory, pipeline) is not { } folder)
        {
            return null;
        }

        var definition = await LoadAsync(folder, cancellationToken);
        if (!_known[pipeline].Recorded)
        {
            await store.RecordAsync(work, definition, cancellationToken);
        }

        return definition;
    }

    private async Task<LoadedDefinition> LoadAsync(DefinitionFolder folder, CancellationToken cancellationToken)
    {
        var stamp = folder.Stamp();
        if (_known.TryGetValue(folder.Pipeline, out var known) && known.Stamp == stamp)
        {
            return known.Definition;
        }

        LoadedDefinition definition;
        try
        {
            definition = await ReadAsync(folder, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Read again at the next look: the stamp does not tell when a file becomes readable.
            (definition, stamp) = (PipelineLoader.Unreadable(folder, fault), "");
        }

        if (definition.Faults.Count == 0)
        {
            LogLoaded(definition.Pipeline, definition.Digest!);
        }
        else
        {
            LogRefused(definition.Pipeline, string.Join(Environment.NewLine, definition.Faults.Select(fault => fault.ToLine())));
        }

        _known[folder.Pipeline] = new Known(stamp, definition, Recorded: false);
        return definition;
    }

    private async Task<LoadedDefinition> ReadAsync(DefinitionFolder folder, CancellationToken cancellationToken)
    {
        // What is validated is what is stored, whatever an editor does to the folder meanwhile.
        using var copy = folder.Copy();
        var definition = loader.Load(copy.Folder);
        if (definition.Faults.Count > 0)
        {
            return definition;
        }

        var digest = await blobs.PutDirectoryAsync(copy.Folder.Path, cancellationToken);
        return definition with { Digest = digest, Schedule = await sections.SectionAsync<ScheduleSection>(digest, cancellationToken) };
    }

    /// <summary>Returns the pipelines that are no more. What is known in memory changes only after the commit.</summary>
    private async Task<List<string>> RecordAsync(IUnitOfWork work, List<LoadedDefinition> definitions, CancellationToken cancellationToken)
    {
        List<string> gone = [.. (await store.KnownAsync(work, cancellationToken)).Except(definitions.Select(definition => definition.Pipeline))];
        foreach (var pipeline in gone)
        {
            await store.ForgetAsync(work, pipeline, cancellationToken);
        }

        foreach (var definition in definitions)
        {
            await store.RecordAsync(work, definition, cancellationToken);
        }

        return gone;
    }

    /// <summary>Unless the folder has been read anew since.</summary>
    private void MarkRecorded(LoadedDefinition definition)
    {
        if (_known.TryGetValue(definition.Pipeline, out var known) && ReferenceEquals(known.Definition, definition))
        {
            _known.TryUpdate(definition.Pipeline, known with { Recorded = true }, known);
        }
    }

    private sealed record Known(string Stamp, LoadedDefinition Definition, bool Recorded);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Directory} holds no folder with a pipeline.yaml, so there is nothing to align")]
    private partial void LogNone(string directory);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} stands under definition {Digest}")]
    private partial void LogLoaded(string pipeline, string digest);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pipeline {Pipeline} is refused: {Faults}")]
    private partial void LogRefused(string pipeline, string faults);
}
