using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Rotary;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Rotary position embedding in Hugging Face's layout (rotate_half): halves x₁, x₂ of a head become x₁cos − x₂sin, x₂cos + x₁sin,
/// angle = position·frequency rounded to fp32 as modeling_llama.py does, both multiplied by the scaling's attention factor.
/// </summary>
internal sealed unsafe class RotaryTable(RotaryFrequencies frequencies)
{
    private readonly int _half = frequencies.Inverse.Length;
    private AlignedBuffer _cos = new(0);
    private AlignedBuffer _sin = new(0);
    private int _positions;

    /// <summary>Makes sure that positions below <paramref name="positions"/> are known. Not to be called while others rotate.</summary>
    public void Reserve(int positions)
    {
        if (positions <= _positions)
        {
            return;
        }

        positions = Math.Max(positions, 2 * _positions);
        (_cos, _sin) = (new AlignedBuffer((long)positions * _half), new AlignedBuffer((long)positions * _half));
        for (int i = 0; i < _half; i++)
        {
            for (int position = 0; position < positions; position++)
            {
                float angle = position * frequencies.Inverse[i];
                _cos.Pointer[(position * _half) + i] = (float)Math.Cos(angle) * frequencies.AttentionFactor;
                _sin.Pointer[(position * _half) + i] = (float)Math.Sin(angle) * frequencies.AttentionFactor;
            }
        }

        _positions = positions;
    }

    /// <summary>Rotates the heads of one row in place; <paramref name="direction"/> −1 takes their gradient back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Rotate(float* row, int heads, int position, float direction)
    {
        float* cos = _cos.Pointer + ((nint)position * _half);
        float* sin = _sin.Pointer + ((nint)position * _half);
        Vector512<float> sign = Vector512.Create(direction);
        for (int head = 0; head < heads; head++)
        {
            float* low = row + (head * 2 * _half);
            float* high = low + _half;
            int i = 0;
            for (; i + 16 <= _half; i += 16)
            {
                Vector512<float> c = Vector512.Load(cos + i), s = Vector512.Load(sin + i) * sign;
                Vector512<float> x1 = Vector512.Load(low + i), x2 = Vector512.Load(high + i);
                ((x1 * c) - (x2 * s)).Store(low + i);
                ((x2 * c) + (x1 * s)).Store(high + i);
            }

            for (; i < _half; i++)
            {
                float c = cos[i], s = sin[i] * direction, x1 = low[i], x2 = high[i];
                low[i] = (x1 * c) - (x2 * s);
                high[i] = (x2 * c) + (x1 * s);
            }
        }
    }
}
