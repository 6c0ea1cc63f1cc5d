using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Safetensors;

/// <summary>Writes safetensors files whose bytes depend on the tensors alone: sorted by name, one dtype a file.</summary>
public static class SafetensorsWriter
{
    private const int ChunkElements = 1 << 20;

    private static readonly Dictionary<string, string> PyTorchFormat = new() { ["format"] = "pt" };

    /// <param name="metadata">Null writes <c>{"format":"pt"}</c>, which transformers asks for.</param>
    /// <exception cref="ArgumentException">A name twice, or values that do not fill their shape.</exception>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, TensorDtype dtype = TensorDtype.F32, IReadOnlyDictionary<string, string>? metadata = null)
    {
        NamedTensor[] sorted = [.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)];
        Check(sorted);
        byte[] header = Header(sorted, dtype, metadata ?? PyTorchFormat);

        // A reader never sees half a file under its final name.
        string partial = path + ".partial";
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            var buffer = new byte[ChunkElements * dtype.Size()];
            foreach (NamedTensor tensor in sorted)
            {
                WriteValues(stream, tensor.Values.Span, dtype, buffer);
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static void Check(NamedTensor[] sorted)
    {
        for (int i = 0; i < sorted.Length; i++)
        {
            NamedTensor tensor = sorted[i];
            if (i > 0 && sorted[i - 1].Name == tensor.Name)
            {
                throw new ArgumentException($"Tensor {tensor.Name} is given twice.", nameof(sorted));
            }

            if (tensor.Values.Length != Shapes.ElementCount(tensor.Shape))
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} of shape {Shapes.Text(tensor.Shape)} is given {tensor.Values.Length} values.", nameof(sorted));
            }
        }
    }

    private static byte[] Header(NamedTensor[] sorted, TensorDtype dtype, IReadOnlyDictionary<string, string> metadata)
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
            foreach (NamedTensor tensor in sorted)
            {
                long end = position + (long)tensor.Values.Length * dtype.Size();
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", dtype.ToString());
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
