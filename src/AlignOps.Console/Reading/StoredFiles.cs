using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.Caching.Memory;

namespace AlignOps.WebConsole.Reading;

/// <summary>Files that runs left behind, by digest. They never change, so the last few that were read are kept.</summary>
internal sealed class StoredFiles(IBlobStore blobs) : IDisposable
{
    private static readonly MemoryCacheEntryOptions One = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = 24 });

    public Task<EvidenceFile?> EvidenceAsync(string? digest, CancellationToken cancellationToken) => ReadAsync(digest, EvidenceFile.Read, cancellationToken);

    public Task<GateRecord?> GateAsync(string? digest, CancellationToken cancellationToken) =>
        ReadAsync(digest, text => JsonSerializer.Deserialize<GateRecord>(text, JsonSerializerOptions.Web), cancellationToken);

    public Task<TrainingCurve?> MetricsAsync(string? digest, CancellationToken cancellationToken) => ReadAsync(digest, TrainingCurve.OfMetrics, cancellationToken);

    public void Dispose() => _kept.Dispose();

    /// <summary>Null where the file is gone or is not what it should be: a page shows the rest.</summary>
    private async Task<T?> ReadAsync<T>(string? digest, Func<string, T?> parse, CancellationToken cancellationToken) where T : class
    {
        if (digest is null)
        {
            return null;
        }

        var key = (typeof(T), digest);
        if (_kept.TryGetValue(key, out T? kept))
        {
            return kept;
        }

        try
        {
            var read = parse(await blobs.ReadTextAsync(digest, cancellationToken));
            return read is null ? null : _kept.Set(key, read, One);
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException or IOException)
        {
            return null;
        }
    }
}
