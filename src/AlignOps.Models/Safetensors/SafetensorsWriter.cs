using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Safetensors;

/// <summary>Writes safetensors files whose bytes depend on the tensors alone: sorted by name.</summary>
public static class SafetensorsWriter
{
    private const int ChunkElements = 1 << 20;

    private static readonly Dictionary<string, string> PyTorchFormat = new() { ["format"] = "pt" };

    /// <param name="metadata">Null writes <c>{"format":"pt"}</c>, which transformers asks for.</param>
    /// <exception cref="ArgumentException">A name twice, or values that do not fill their shape.</exception>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, TensorDtype dtype = TensorDtype.F32, IReadOnlyDictionary<string, string>? metadata = null) =>
        WriteEach(path, [.. tensors.Select(t => new TensorContent(t.Name, t.Shape, dtype, () => t.Values))], metadata);

    /// <summary>Writes tensors one after the other: no two of them need be in memory at once.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{NamedTensor}, TensorDtype, IReadOnlyDictionary{string, string}?)"/>
    public static void WriteEach(string path, IReadOnlyList<TensorContent> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorContent[] sorted = [.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = Header(sorted, metadata ?? PyTorchFormat);

        // A reader never sees half a file under its final name.
        string partial = path + ".partial";
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            var buffer = new byte[ChunkElements * sizeof(float)];
            foreach (TensorContent tensor in sorted)
            {
                ReadOnlyMemory<float> values = tensor.Values();
                if (values.Length != Shapes.ElementCount(tensor.Shape))
                {
                    throw new ArgumentException($"Tensor {tensor.Name} of shape {Shapes.Text(tensor.Shape)} is given {values.Length} values.", nameof(tensors));
                }

                WriteValues(stream, values.Span, tensor.Dtype, buffer);
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static byte[] Header(TensorContent[] sorted, IReadOnlyDictionary<string, string> metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long position = 0;
            string? previous = null;
            foreach (TensorContent tensor in sorted)
            {
                if (tensor.Name == previous)
                {
                    throw new ArgumentException($"Tensor {tensor.Name} is given twice.", nameof(sorted));
                }

                previous = tensor.Name;
                long end = position + tensor.Bytes;
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Dtype.ToString());
                WriteArray(json, "shape", tensor.Shape.Select(d => (long)d));
                WriteArray(json, "data_offsets", [position, end]);
                json.WriteEndObject();
                position = end;
            }

            json.WriteEndObject();
        }

        // The data begins on an 8-byte boundary, so that a mapping of it is aligned.
        while (bytes.Length % 8 != 0)
        {
            bytes.WriteByte((byte)' ');
        }

        return bytes.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values, TensorDtype dtype, byte[] buffer)
    {
        for (int at = 0; at < values.Length; at += ChunkElements)
        {
            ReadOnlySpan<float> part = values.Slice(at, Math.Min(ChunkElements, values.Length - at));
            Span<byte> encoded = buffer.AsSpan(0, part.Length * dtype.Size());
            dtype.Encode(part, encoded);
            stream.Write(encoded);
        }
    }
}
