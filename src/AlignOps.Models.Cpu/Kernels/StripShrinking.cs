using System.Numerics.Tensors;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Strips of fp32 numbers in fewer bits; once a weight, when it is loaded.</summary>
internal static class StripShrinking
{
    /// <summary>Whether every number is a bf16, its low half zero.</summary>
    public static bool AreHalves(ReadOnlySpan<uint> numbers)
    {
        const int Chunk = 1 << 16;
        for (int at = 0; at < numbers.Length; at += Chunk)
        {
            uint bits = 0;
            foreach (uint number in numbers.Slice(at, Math.Min(Chunk, numbers.Length - at)))
            {
                bits |= number;
            }

            if ((bits & 0xFFFF) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Rows of 16 numbers to rows of 8 lanes: number i in the low half of lane i, number i + 8 in its high half.</summary>
    public static void ToHalves(ReadOnlySpan<uint> numbers, Span<uint> lanes)
    {
        for (int row = 0; row < numbers.Length / PackedMatrix.Strip; row++)
        {
            ReadOnlySpan<uint> from = numbers.Slice(row * PackedMatrix.Strip, PackedMatrix.Strip);
            Span<uint> to = lanes.Slice(row * 8, 8);
            for (int i = 0; i < 8; i++)
            {
                to[i] = (from[i] >> 16) | (from[i + 8] & 0xFFFF0000);
            }
        }
    }

    /// <summary>One strip: its columns' scales, and each number over its column's, rounded to nearest.</summary>
    public static void ToBytes(ReadOnlySpan<float> strip, Span<float> scales, Span<sbyte> bytes)
    {
        Span<float> magnitudes = stackalloc float[PackedMatrix.Strip];
        for (int at = 0; at < strip.Length; at += PackedMatrix.Strip)
        {
            TensorPrimitives.MaxMagnitude(strip.Slice(at, PackedMatrix.Strip), magnitudes, magnitudes);
        }

        TensorPrimitives.Abs(magnitudes, magnitudes);
        TensorPrimitives.Divide(magnitudes, 127, scales);
        for (int at = 0; at < strip.Length; at++)
        {
            float scale = scales[at % PackedMatrix.Strip];
            bytes[at] = scale > 0 ? (sbyte)MathF.Round(strip[at] / scale) : (sbyte)0;
        }
    }
}
