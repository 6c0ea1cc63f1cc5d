using System.Buffers.Binary;

namespace AlignOps.Benchmarks.Proofs.Operations;

/// <summary>One field of a Protocol Buffers message: enough of the wire format to read what an OTLP exporter sends.</summary>
/// <param name="Number">Of a varint or fixed-size field.</param>
/// <param name="Bytes">Of a length-delimited one.</param>
internal readonly record struct ProtoField(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)
{
    public static IEnumerable<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new ProtoField(field, Varint(message.Span, ref at), default);
                    break;
                case 1:
                    yield return new ProtoField(field, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    yield return new ProtoField(field, 0, message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    yield return new ProtoField(field, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"A field of wire type {tag & 7} at {at}.");
            }
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
