using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>
/// Rotary position embedding in Hugging Face's layout (rotate_half); angle = position·frequency rounded to fp32 as modeling_llama.py does.
/// </summary>
internal sealed class RotaryTable(PolicyConfig config, Placement placement) : IDisposable
{
    private int _positions;

    /// <summary>[positions, head dim], both halves alike.</summary>
    private torch.Tensor? _cos;
    private torch.Tensor? _sin;

    /// <summary>Makes sure that positions below <paramref name="positions"/> are known.</summary>
    public void Reserve(int positions)
    {
        if (positions <= _positions)
        {
            return;
        }

        Dispose();
        _positions = Math.Min(Math.Max(positions, 2 * _positions), Math.Max(positions, config.MaxPositions));
        RotaryFrequencies frequencies = RotaryFrequencies.Of(config);
        int half = config.HeadDim / 2;
        float[] cos = new float[_positions * config.HeadDim], sin = new float[_positions * config.HeadDim];
        for (int i = 0; i < half; i++)
        {
            for (int position = 0; position < _positions; position++)
            {
                float angle = position * frequencies.Inverse[i];
                int at = (position * config.HeadDim) + i;
                (cos[at], sin[at]) = ((float)Math.Cos(angle) * frequencies.AttentionFactor, (float)Math.Sin(angle) * frequencies.AttentionFactor);
                (cos[at + half], sin[at + half]) = (cos[at], sin[at]);
            }
        }

        _cos = placement.Place(cos, [_positions, config.HeadDim]).DetachFromDisposeScope();
        _sin = placement.Place(sin, [_positions, config.HeadDim]).DetachFromDisposeScope();
    }

    /// <summary>For rows that stand at positions 0, 1, … : [count, head dim].</summary>
    public Rotation First(int count) => new(_cos!.narrow(0, 0, count), _sin!.narrow(0, 0, count));

    /// <summary>For one row a sequence, at a position of its own: [sequences, 1, 1, head dim].</summary>
    public Rotation At(torch.Tensor positions)
    {
        return new Rotation(Select(_cos!), Select(_sin!));

        torch.Tensor Select(torch.Tensor table) => table.index_select(0, positions).view(positions.shape[0], 1, 1, config.HeadDim);
    }

    public void Dispose()
    {
        _cos?.Dispose();
        _sin?.Dispose();
    }
}
