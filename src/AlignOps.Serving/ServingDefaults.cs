using System.Collections.Concurrent;
using AlignOps.Platform.Definitions;

namespace AlignOps.Serving;

/// <summary>Each pipeline's <c>serving</c> section, as its present definition has it.</summary>
internal sealed class ServingDefaults(IPipelineDefinitions definitions)
{
    private static readonly ServingSection Silent = new();

    private readonly ConcurrentDictionary<string, (string Digest, ServingSection Section)> _sections = new(StringComparer.Ordinal);

    public ServingSection Of(string pipeline) => _sections.TryGetValue(pipeline, out var known) ? known.Section : Silent;

    public async Task UpdateAsync(string pipeline, string? definitionDigest, CancellationToken cancellationToken)
    {
        if (definitionDigest is null || (_sections.TryGetValue(pipeline, out var known) && known.Digest == definitionDigest))
        {
            return;
        }

        _sections[pipeline] = (definitionDigest, await definitions.SectionAsync<ServingSection>(definitionDigest, cancellationToken));
    }
}
