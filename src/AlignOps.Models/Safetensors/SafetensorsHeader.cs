using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Safetensors;

/// <summary>
/// The checked header of a safetensors file: u64 length, JSON, then data without holes or overlaps.
/// Format: https://github.com/huggingface/safetensors#format.
/// </summary>
internal sealed record SafetensorsHeader(
    long DataOffset, IReadOnlyDictionary<string, TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const int PrefixLength = 8;
    private const long MaxHeaderLength = 100_000_000;
    private const string MetadataKey = "__metadata__";

    public static SafetensorsHeader Read(Stream stream, string file)
    {
        long length = stream.Length;
        if (length < PrefixLength)
        {
            throw new ModelFormatException($"{file}: truncated: {length} bytes, where a safetensors file starts with an 8-byte header length.");
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxHeaderLength)
        {
            throw new ModelFormatException($"{file}: the header claims {headerLength} bytes; more than {MaxHeaderLength} is refused.");
        }

        if (headerLength > (ulong)(length - PrefixLength))
        {
            throw new ModelFormatException($"{file}: truncated: the header claims {headerLength} bytes, but only {length - PrefixLength} follow.");
        }

        var json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        long dataOffset = PrefixLength + (long)headerLength;
        return Parse(json, dataOffset, length - dataOffset, file);
    }

    private static SafetensorsHeader Parse(byte[] json, long dataOffset, long dataLength, string file)
    {
        if (json.Length == 0 || json[0] != (byte)'{' || !Utf8.IsValid(json))
        {
            throw new ModelFormatException($"{file}: the header is not a JSON object in UTF-8.");
        }

        using JsonDocument document = JsonKeys.Parse(json, file);
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                metadata = ReadMetadata(property.Value, file);
            }
            else if (!tensors.TryAdd(property.Name, ReadEntry(property, dataLength, file)))
            {
                throw new ModelFormatException($"{file}: tensor {property.Name} appears twice.");
            }
        }

        CheckLayout(tensors.Values, dataLength, file);
        return new SafetensorsHeader(dataOffset, tensors, metadata);
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement element, string file)
    {
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
        {
            throw new ModelFormatException($"{file}: {MetadataKey} should be an object of strings.");
        }

        return element.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }

    private static TensorEntry ReadEntry(JsonProperty property, long dataLength, string file)
    {
        var keys = new JsonKeys($"{file}: tensor {property.Name}", property.Value);
        string dtypeName = keys.String("dtype");
        TensorDtype dtype = dtypeName switch
        {
            "F32" => TensorDtype.F32,
            "BF16" => TensorDtype.BF16,
            "F16" => TensorDtype.F16,
            _ => throw new ModelFormatException($"{file}: tensor {property.Name} has dtype {dtypeName}; F32, BF16 and F16 can be read."),
        };
        int[] shape = [.. keys.Array("shape").Select(e => keys.NonNegativeInt("shape", e))];
        long[] offsets = [.. keys.Array("data_offsets").Select(e => keys.NonNegativeLong("data_offsets", e))];
        if (offsets is not [var begin, var end] || begin > end)
        {
            throw new ModelFormatException($"{file}: tensor {property.Name}: data_offsets should be [begin, end] with begin ≤ end.");
        }

        if (end > dataLength)
        {
            throw new ModelFormatException(
                $"{file}: tensor {property.Name} ends at byte {end} of the data, but there are {dataLength}: the file is truncated or its offsets are wrong.");
        }

        Int128 expected = shape.Aggregate((Int128)dtype.Size(), MultiplySaturating);
        if (expected != end - begin)
        {
            throw new ModelFormatException(
                $"{file}: tensor {property.Name} of dtype {dtypeName} and shape {Shapes.Text(shape)} does not fill its {end - begin} bytes.");
        }

        return new TensorEntry(property.Name, dtype, shape, begin, end);
    }

    private static Int128 MultiplySaturating(Int128 product, int dimension) => Int128.Min(product, long.MaxValue) * dimension;

    private static void CheckLayout(IEnumerable<TensorEntry> entries, long dataLength, string file)
    {
        long position = 0;
        foreach (TensorEntry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != position)
            {
                string kind = entry.Begin < position ? "overlaps the tensor before it" : "leaves a hole before it";
                throw new ModelFormatException($"{file}: tensor {entry.Name} {kind}: it begins at byte {entry.Begin}, expected {position}.");
            }

            position = entry.End;
        }

        if (position != dataLength)
        {
            throw new ModelFormatException($"{file}: {dataLength - position} bytes after the last tensor belong to none.");
        }
    }
}
