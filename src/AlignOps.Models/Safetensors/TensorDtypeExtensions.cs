using System.Runtime.InteropServices;

namespace AlignOps.Models.Safetensors;

internal static class TensorDtypeExtensions
{
    public static int Size(this TensorDtype dtype) => dtype == TensorDtype.F32 ? 4 : 2;

    /// <summary>Converts little-endian file bytes to fp32. <paramref name="source"/> has the dtype's size for each value of <paramref name="destination"/>.</summary>
    public static void Decode(this TensorDtype dtype, ReadOnlySpan<byte> source, Span<float> destination)
    {
        if (dtype == TensorDtype.F32)
        {
            source.CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }

        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = dtype == TensorDtype.BF16
                ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    /// <summary>Converts fp32 to little-endian file bytes, rounding to nearest, ties to even.</summary>
    public static void Encode(this TensorDtype dtype, ReadOnlySpan<float> source, Span<byte> destination)
    {
        if (dtype == TensorDtype.F32)
        {
            MemoryMarshal.AsBytes(source).CopyTo(destination);
            return;
        }

        Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(destination);
        for (int i = 0; i < source.Length; i++)
        {
            halves[i] = dtype == TensorDtype.BF16 ? ToBFloat16(source[i]) : BitConverter.HalfToUInt16Bits((Half)source[i]);
        }
    }

    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            // Rounding could carry a NaN's last mantissa bit into an infinity.
            return (ushort)((bits >> 16) | 0x40);
        }

        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
