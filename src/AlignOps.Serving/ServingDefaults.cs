using System.Collections.Concurrent;
using AlignOps.Platform.Definitions;
using Microsoft.Extensions.Logging;

namespace AlignOps.Serving;

/// <summary>Each pipeline's <c>serving</c> section, as its present definition has it.</summary>
internal sealed partial class ServingDefaults(IPipelineDefinitions definitions, ILogger<ServingDefaults> logger)
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

        try
        {
            _sections[pipeline] = (definitionDigest, await definitions.SectionAsync<ServingSection>(definitionDigest, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A champion answers with other defaults rather than not at all.
            _sections[pipeline] = (definitionDigest, Of(pipeline));
            LogUnread(exception, pipeline, definitionDigest);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The serving section of {Pipeline}'s definition {Digest} could not be read; its defaults stay as they were")]
    private partial void LogUnread(Exception exception, string pipeline, string digest);
}
