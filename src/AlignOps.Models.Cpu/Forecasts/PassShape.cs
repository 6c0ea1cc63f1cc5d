using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Forecasts;

/// <summary>Floats of a pass over some rows, as <see cref="ForwardPass"/> lays them out, and of the scratch that a worker comes to hold.</summary>
/// <param name="rows">All of them scored.</param>
/// <param name="longest">Rows of the longest sequence.</param>
/// <param name="adapter">Of the adapter that is trained; the default where there is none.</param>
/// <param name="full">Every weight is trained.</param>
internal sealed class PassShape(PolicyConfig policy, int rows, int longest, AdapterShape adapter, bool full, double dropout)
{
    private readonly long _hidden = Matrix.Padded(policy.HiddenSize);
    private readonly long _inner = Matrix.Padded(policy.IntermediateSize);
    private readonly long _queries = Matrix.Padded(policy.HeadCount * policy.HeadDim);
    private readonly long _keys = Matrix.Padded(policy.KeyValueHeadCount * policy.HeadDim);
    private readonly long _vocabulary = Matrix.Padded(policy.VocabSize);

    /// <summary>A pass that is kept, with its way back; its block of logits apart.</summary>
    /// <param name="recomputes">Blocks keep their input alone.</param>
    public long Kept(bool recomputes)
    {
        long layers = recomputes ? ((policy.LayerCount + 1) * _hidden) + Block() : policy.LayerCount * ((2 * _hidden) + Block());
        long back = (6 * _hidden) + (3 * _inner) + (2 * _queries) + (2 * _keys)
            + (full && policy.HasHeadNorms ? _queries + _keys : 0) + (dropout > 0 ? _queries : 0);
        long chunk = _hidden * (full ? 4 * ChunkRows() : rows);
        return (rows * (_hidden + layers + back + (2 * adapter.SharedColumns) + 4)) + chunk;
    }

    /// <summary>A pass that only scores: all blocks use the same rows.</summary>
    public long Scored() => rows * (_hidden + Block() + 3);

    /// <summary>∂L/∂logits of a pass that is kept, where the head is trained.</summary>
    public long Logits() => full ? ChunkRows() * _vocabulary : 0;

    /// <summary>The logits that one worker has before it at a time.</summary>
    public long WorkerLogits() => ScoringHead.RowBlock * Math.Min(ScoringHead.Piece, _vocabulary);

    /// <summary>Scratch of one worker beside its logits: that of the task which needs the most.</summary>
    public long Worker()
    {
        long block = ForwardRun.RowBlock * (_hidden + _inner + (dropout > 0 ? _hidden + _inner + _queries : 0));
        long head = Matrix.Padded(policy.HeadDim), keys = Matrix.Padded(longest);
        long attention = (2 * keys * policy.HeadDim) + (5L * longest * head) + (2L * AttentionKernel.Block * AttentionKernel.Room(longest));
        return Math.Max(block, attention);
    }

    private long Block() =>
        (2 * _queries) + (2 * _keys) + (2 * _inner) + 2 + policy.HeadCount
        + (policy.HasHeadNorms ? _queries + _keys + policy.HeadCount + policy.KeyValueHeadCount : 0);

    private int ChunkRows() => Math.Min(ScoringHead.Chunk(policy.VocabSize), rows);
}
