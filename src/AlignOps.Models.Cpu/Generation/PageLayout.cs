using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// Where a page keeps the keys and values of <see cref="Positions"/> tokens: by layer, then key-value head; a head's keys as one panel, transposed
/// (dimension, then position), then its values, a padded row a position.
/// </summary>
internal readonly struct PageLayout(PolicyConfig config)
{
    /// <summary>One panel of keys.</summary>
    public const int Positions = Matrix.Lane;

    private readonly int _heads = config.KeyValueHeadCount;
    private readonly int _headDim = config.HeadDim;

    /// <summary>Floats from one position's value to the next.</summary>
    public int ValueStride { get; } = Matrix.Padded(config.HeadDim);

    /// <summary>Floats of a page.</summary>
    public long Floats => (long)config.LayerCount * _heads * Head;

    private int Head => Positions * (_headDim + ValueStride);

    /// <summary>Pages that so many tokens come to need.</summary>
    public static int Pages(int positions) => (positions + Positions - 1) / Positions;

    public nint Keys(int layer, int head) => (((nint)layer * _heads) + head) * Head;

    public nint Values(int layer, int head) => Keys(layer, head) + (Positions * _headDim);
}
