using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>Causal attention of two sequences of 512 tokens, nine heads of 64 on three of keys and values, on one core. Counted as what a causal mask leaves to do.</summary>
internal static unsafe class AttentionCases
{
    private const int Sequences = 2;
    private const int Length = 512;
    private const int Heads = 9;
    private const int KeyHeads = 3;
    private const int HeadDim = 64;

    private static readonly PolicyConfig Config = new()
    {
        VocabSize = 32, HiddenSize = Heads * HeadDim, IntermediateSize = 32, LayerCount = 1, HeadCount = Heads, KeyValueHeadCount = KeyHeads, HeadDim = HeadDim, MaxPositions = Length, EosTokenIds = [],
    };

    public static IEnumerable<Func<KernelRoom, KernelCase>> All => [room => Case(room, backward: false), room => Case(room, backward: true)];

    private static KernelCase Case(KernelRoom room, bool backward)
    {
        var batch = new RowBatch(Config.HiddenSize);
        TokenSequence[] sequences = [.. Enumerable.Range(0, Sequences).Select(i => TokenSequence.ForValue([i, .. Enumerable.Repeat(5, Length - 1)]))];
        batch.Fill(sequences, 0, sequences.Length, null);
        int rows = batch.Rows;
        DecoderModel model = DecoderModel.ForInference(Config, new SeededWeights(Config, 1), adapter: null);
        Matrix residual = room.Empty(rows, Config.HiddenSize);
        var arena = new Arena();
        LayerRows layer = LayerRows.Rent(arena, Config, model.Layers[0], residual, residual, residual);
        Matrix q = Fill(layer.Queries, room), k = Fill(layer.Keys, room), v = Fill(layer.Values, room), dO = room.Random(rows, q.Width);
        Matrix[] found = backward ? [room.Empty(rows, q.Width), room.Empty(rows, k.Width), room.Empty(rows, k.Width)] : [layer.Attended];
        Matrix[] expected = [.. found.Select(matrix => room.Empty(rows, matrix.Width))];
        var pass = new AttentionPass(Config, batch);
        var scratch = new Arena();
        Forward();
        Matrix o = room.Same(layer.Attended);
        return new KernelCase
        {
            Name = backward ? "attention_backward" : "attention",
            Flops = (backward ? 5.0 : 2.0) * 2 * Sequences * Heads * HeadDim * Length * (Length + 1) / 2,
            Bytes = sizeof(float) * (double)rows * (q.Width + k.Width) * (backward ? 4 : 2),
            Run = () =>
            {
                if (!backward)
                {
                    Forward();
                    return;
                }

                for (int task = 0; task < pass.Tasks; task++)
                {
                    pass.Backward(task, layer, Length, dO, found[0], found[1], found[2], scratch);
                }

                GC.KeepAlive(arena);
            },
            Plain = () =>
            {
                if (backward)
                {
                    PlainAttention.Backward(q, k, v, o, dO, Length, HeadDim, expected[0], expected[1], expected[2]);
                }
                else
                {
                    PlainAttention.Forward(q, k, v, Length, HeadDim, expected[0]);
                }
            },
            Found = found,
            Expected = expected,
        };

        void Forward()
        {
            for (int task = 0; task < pass.Tasks; task++)
            {
                pass.Forward(task, layer, Length, scratch);
            }
        }
    }

    private static Matrix Fill(Matrix matrix, KernelRoom room)
    {
        Matrix drawn = room.Random(matrix.Rows, matrix.Width);
        new ReadOnlySpan<float>(drawn.Data, matrix.Rows * matrix.Stride).CopyTo(new Span<float>(matrix.Data, matrix.Rows * matrix.Stride));
        return matrix;
    }
}
