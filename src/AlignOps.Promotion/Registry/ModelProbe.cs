using System.Buffers.Binary;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Platform.Blobs;

namespace AlignOps.Promotion.Registry;

/// <summary>Proves that a model can be loaded before it is needed, without an engine: every file is there with its digest, configs parse, and the safetensors are whole.</summary>
internal sealed class ModelProbe(IBlobStore blobs)
{
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public async Task<string?> FindFaultAsync(ModelRef model, CancellationToken cancellationToken) =>
        await FindFaultAsync("checkpoint", model.Checkpoint, "config.json", cancellationToken)
        ?? (model.Adapter is { } adapter ? await FindFaultAsync("adapter", adapter, "adapter_config.json", cancellationToken) : null);

    /// <summary>Likewise for a model that may share its checkpoint with one in use, whose checkpoint was proven then and is not read again.</summary>
    public async Task<string?> FindFaultAsync(ModelRef model, ModelRef inUse, CancellationToken cancellationToken) => model.Adapter is { } adapter && model.Checkpoint == inUse.Checkpoint
        ? await FindFaultAsync("adapter", adapter, "adapter_config.json", cancellationToken)
        : await FindFaultAsync(model, cancellationToken);

    private async Task<string?> FindFaultAsync(string what, string digest, string config, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.VerifyTreeAsync(digest, cancellationToken);
            var directory = await blobs.MaterializeAsync(digest, cancellationToken);
            if (!File.Exists(Path.Combine(directory, config))) return $"The {what} {digest} has no {config}.";
            using (JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(directory, config), cancellationToken)))
            {
            }

            var weights = Directory.GetFiles(directory, "*.safetensors");
            if (weights.Length == 0) return $"The {what} {digest} has no safetensors file.";
            return weights.Order(StringComparer.Ordinal).Select(file => Fault(file) is { } fault ? $"The {what} {digest}: {Path.GetFileName(file)} {fault}" : null).FirstOrDefault(fault => fault is not null);
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"The {what} {digest} is not whole: {fault.Message}";
        }
    }

    /// <summary>A safetensors file is its header's length (8 bytes, little-endian), the header, and exactly the bytes that the header gives out.</summary>
    private static string? Fault(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) return "is shorter than its header's length.";
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length <= 0 || length > stream.Length - 8 || length > Array.MaxLength) return "is shorter than its header.";

        var header = new byte[length];
        stream.ReadExactly(header);
        using var document = JsonDocument.Parse(header);
        var end = document.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").Select(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt64()).DefaultIfEmpty().Max();
        var held = stream.Length - 8 - length;
        return end == held ? null : $"holds {held} bytes of tensors where its header says {end}.";
    }
}
