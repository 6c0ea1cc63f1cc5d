using System.Collections.Concurrent;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Platform.Definitions;

/// <summary>Reads definitions from their tree blobs. A digest never means anything else, so what was read is kept.</summary>
internal sealed class PipelineDefinitions(IBlobStore blobs, IServiceProvider services) : IPipelineDefinitions
{
    private const string FileName = "pipeline.yaml";

    private readonly ConcurrentDictionary<(string Digest, Type Section), object> _sections = new();

    public async Task<T> SectionAsync<T>(string definitionDigest, CancellationToken cancellationToken) where T : class, new()
    {
        if (_sections.TryGetValue((definitionDigest, typeof(T)), out var known))
        {
            return (T)known;
        }

        var key = services.GetRequiredService<IPipelineSection<T>>().Key;
        var file = Path.Combine(await DirectoryAsync(definitionDigest, cancellationToken), FileName);
        var (document, unreadable) = DefinitionDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken));
        var binding = document?.Bind(key, typeof(T));

        // Definitions are checked before they are stored: a fault here is a bug, or an older version's file under newer rules.
        var fault = binding is null ? unreadable[0] : binding.Faults.FirstOrDefault();
        if (fault is not null)
        {
            throw new InvalidDataException($"Definition {definitionDigest}, line {fault.Line}: {fault.Sentence}");
        }

        return (T)_sections.GetOrAdd((definitionDigest, typeof(T)), binding!.Value);
    }

    public Task<string> DirectoryAsync(string definitionDigest, CancellationToken cancellationToken) => blobs.MaterializeAsync(definitionDigest, cancellationToken);
}
