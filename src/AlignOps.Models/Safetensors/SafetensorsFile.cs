using System.IO.MemoryMappedFiles;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Safetensors;

/// <summary>A safetensors file, mapped into memory: opening reads the header only.</summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private const int ChunkElements = 1 << 24;

    private readonly string _path;
    private readonly SafetensorsHeader _header;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _data;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile map)
    {
        _path = path;
        _header = header;
        _map = map;
        _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _data = start + _view.PointerOffset + header.DataOffset;
    }

    public IReadOnlyDictionary<string, TensorEntry> Tensors => _header.Tensors;

    /// <summary>The header's <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <exception cref="ModelFormatException">The file is missing, truncated, or not safetensors.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelFormatException($"{path}: the file is missing.");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
            return new SafetensorsFile(path, header, MemoryMappedFile.CreateFromFile(
                stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Copies a tensor as fp32, row-major. The destination has the product of its shape.</summary>
    public void Read(string tensor, Span<float> destination)
    {
        ObjectDisposedException.ThrowIf(_view.SafeMemoryMappedViewHandle.IsClosed, this);
        if (!_header.Tensors.TryGetValue(tensor, out TensorEntry? entry))
        {
            throw new ModelFormatException($"{_path}: tensor {tensor} is missing.");
        }

        if (destination.Length != entry.ElementCount)
        {
            throw new ArgumentException($"Tensor {tensor} has {entry.ElementCount} values; the destination has {destination.Length}.", nameof(destination));
        }

        int size = entry.Dtype.Size();
        for (int at = 0; at < destination.Length; at += ChunkElements)
        {
            Span<float> part = destination.Slice(at, Math.Min(ChunkElements, destination.Length - at));
            entry.Dtype.Decode(new ReadOnlySpan<byte>(_data + entry.Begin + (long)at * size, part.Length * size), part);
        }
    }

    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }
}
