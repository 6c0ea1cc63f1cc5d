using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>The parts of a block before and after attention, for some rows. Every row is on its own here.</summary>
internal static unsafe class BlockForward
{
    public static void BeforeAttention(DecoderModel model, DecoderLayer layer, LayerRows rows, ReadOnlySpan<int> positions, Arena scratch, RowDropout dropout = default)
    {
        scratch.Reset();
        Matrix normed = scratch.Rent(rows.Input.Rows, rows.Input.Width);
        RmsNorm.Forward(rows.Input, layer.InputNorm.Value.Pointer, (float)model.Config.RmsNormEpsilon, normed, rows.InputInverse);
        layer.Attention.Forward(normed, [rows.RawQueries, rows.RawKeys, rows.Values], rows.Shared.Attention, dropout.Of(AdapterInput.Attention, layer.Attention, normed, scratch));
        Turn(model, layer, rows, positions);
    }

    public static void AfterAttention(DecoderModel model, DecoderLayer layer, LayerRows rows, Arena scratch, RowDropout dropout = default)
    {
        scratch.Reset();
        ToMiddle(model, layer, rows, scratch, dropout);
        Matrix gated = scratch.Rent(rows.Gate.Rows, rows.Gate.Width);
        Elementwise.SwiGlu(rows.Gate, rows.Up, gated);
        Carry(rows.Middle, rows.Output);
        layer.Down.Forward(gated, [rows.Output], rows.Shared.Down, dropout.Of(AdapterInput.Down, layer.Down, gated, scratch), add: true);
    }

    /// <summary>What backward needs of <see cref="AfterAttention"/>, without what is kept of every block: its output and its adapters' shared products.</summary>
    public static void MiddleAgain(DecoderModel model, DecoderLayer layer, LayerRows rows, Arena scratch, RowDropout dropout)
    {
        scratch.Reset();
        ToMiddle(model, layer, rows, scratch, dropout);
    }

    private static void ToMiddle(DecoderModel model, DecoderLayer layer, LayerRows rows, Arena scratch, RowDropout dropout)
    {
        Carry(rows.Input, rows.Middle);
        layer.Output.Forward(rows.Attended, [rows.Middle], rows.Shared.Output, dropout.Of(AdapterInput.Output, layer.Output, rows.Attended, scratch), add: true);

        Matrix normed = scratch.Rent(rows.Middle.Rows, rows.Middle.Width);
        RmsNorm.Forward(rows.Middle, layer.MlpNorm.Value.Pointer, (float)model.Config.RmsNormEpsilon, normed, rows.MiddleInverse);
        layer.GateUp.Forward(normed, [rows.Gate, rows.Up], rows.Shared.GateUp, dropout.Of(AdapterInput.GateUp, layer.GateUp, normed, scratch));
    }

    /// <summary>Queries and keys as attention reads them: their heads normed, where the family does that, and rotated.</summary>
    public static void Turn(DecoderModel model, DecoderLayer layer, LayerRows rows, ReadOnlySpan<int> positions)
    {
        if (layer is { QueryNorm: { } queryNorm, KeyNorm: { } keyNorm })
        {
            (int headDim, float epsilon) = (model.Config.HeadDim, (float)model.Config.RmsNormEpsilon);
            HeadNorm.Forward(rows.RawQueries, headDim, queryNorm.Value.Pointer, epsilon, rows.Queries, rows.QueryInverse);
            HeadNorm.Forward(rows.RawKeys, headDim, keyNorm.Value.Pointer, epsilon, rows.Keys, rows.KeyInverse);
        }

        Rotate(model, rows.Queries, rows.Keys, positions, 1);
    }

    /// <summary>Rotates queries and keys to their positions, or their gradients back.</summary>
    public static void Rotate(DecoderModel model, Matrix queries, Matrix keys, ReadOnlySpan<int> positions, float direction)
    {
        for (int row = 0; row < queries.Rows; row++)
        {
            model.Rotary.Rotate(queries.Row(row), model.Config.HeadCount, positions[row], direction);
            model.Rotary.Rotate(keys.Row(row), model.Config.KeyValueHeadCount, positions[row], direction);
        }
    }

    /// <summary>The embeddings of some tokens, their rows' padding zero.</summary>
    public static void Embed(DecoderModel model, ReadOnlySpan<int> tokens, Matrix x)
    {
        ReadOnlySpan<float> table = model.Embedding.Value.Span;
        for (int row = 0; row < tokens.Length; row++)
        {
            var to = new Span<float>(x.Row(row), x.Stride);
            table.Slice(tokens[row] * x.Width, x.Width).CopyTo(to);
            to[x.Width..].Clear();
        }
    }

    /// <summary>NEFTune (Jain et al. 2023): x += amplitude·Uniform(−1, 1), where a row has noise.</summary>
    public static void Disturb(RowBatch batch, int first, Matrix x)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            float amplitude = batch.Amplitudes[first + row];
            if (amplitude != 0)
            {
                ulong stream = TrainingNoise.Stream(batch.Noises[first + row]!.Value, TrainingNoise.Embedding, batch.Positions[first + row]);
                for (int i = 0; i < x.Width; i++)
                {
                    x.Row(row)[i] += amplitude * TrainingNoise.Uniform(stream, i);
                }
            }
        }
    }

    private static void Carry(Matrix from, Matrix to)
    {
        if (from.Data != to.Data)
        {
            Elementwise.Copy(from, to);
        }
    }
}
