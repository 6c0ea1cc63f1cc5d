using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>Kernels that touch each element once or twice, on more memory than a cache holds, on one core.</summary>
internal static unsafe class RowCases
{
    private const int Rows = 49152;
    private const int Width = 576;
    private const int InnerRows = 16384;
    private const int Inner = 1536;
    private const float Epsilon = 1e-5f;

    public static IEnumerable<Func<KernelRoom, KernelCase>> All => [Norm, NormBackward, Rotate, Gate, GateBackward, LogSumExp, Probabilities, Adam];

    private static KernelCase Norm(KernelRoom room)
    {
        Matrix x = room.Random(Rows, Width), gamma = room.Random(1, Width), found = room.Empty(Rows, Width), expected = room.Empty(Rows, Width), inverse = room.Empty(1, Rows);
        return new KernelCase
        {
            Name = "rmsnorm",
            Flops = 4.0 * Rows * Width,
            Bytes = sizeof(float) * 2.0 * Rows * Width,
            Run = () => RmsNorm.Forward(x, gamma.Data, Epsilon, found, inverse.Data),
            Plain = () => PlainKernels.Norm(x, gamma.Data, Epsilon, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase NormBackward(KernelRoom room)
    {
        Matrix x = room.Random(Rows, Width), dy = room.Random(Rows, Width), gamma = room.Random(1, Width), y = room.Empty(Rows, Width);
        Matrix found = room.Empty(Rows, Width), expected = room.Empty(Rows, Width), inverse = room.Empty(1, Rows);
        RmsNorm.Forward(x, gamma.Data, Epsilon, y, inverse.Data);
        return new KernelCase
        {
            Name = "rmsnorm_backward",
            Flops = 9.0 * Rows * Width,
            Bytes = sizeof(float) * 3.0 * Rows * Width,
            Run = () => RmsNorm.Backward(x, gamma.Data, inverse.Data, dy, default, found),
            Plain = () => PlainKernels.NormBackward(x, gamma.Data, Epsilon, dy, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase Rotate(KernelRoom room)
    {
        const int HeadDim = 64;
        RotaryFrequencies frequencies = RotaryFrequencies.Of(new PolicyConfig { VocabSize = 1, HiddenSize = Width, IntermediateSize = 1, LayerCount = 1, HeadCount = 9, KeyValueHeadCount = 9, HeadDim = HeadDim, MaxPositions = 512, EosTokenIds = [] });
        var table = new RotaryTable(frequencies);
        table.Reserve(512);
        Matrix found = room.Random(Rows, Width), expected = room.Same(found);
        return new KernelCase
        {
            Name = "rope",
            Flops = 3.0 * Rows * Width,
            Bytes = sizeof(float) * 2.0 * Rows * Width,
            Run = () =>
            {
                for (int row = 0; row < Rows; row++)
                {
                    table.Rotate(found.Row(row), Width / HeadDim, row % 512, 1);
                }
            },
            Plain = () => PlainKernels.Rotate(expected, HeadDim, frequencies.Inverse, 512),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase Gate(KernelRoom room)
    {
        Matrix gate = room.Random(InnerRows, Inner), up = room.Random(InnerRows, Inner), found = room.Empty(InnerRows, Inner), expected = room.Empty(InnerRows, Inner);
        return new KernelCase
        {
            Name = "swiglu",
            Flops = 26.0 * InnerRows * Inner,
            Bytes = sizeof(float) * 3.0 * InnerRows * Inner,
            Run = () => Elementwise.SwiGlu(gate, up, found),
            Plain = () => PlainKernels.Gate(gate, up, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase GateBackward(KernelRoom room)
    {
        Matrix gate = room.Random(InnerRows, Inner), up = room.Random(InnerRows, Inner), dy = room.Random(InnerRows, Inner);
        Matrix[] found = [room.Empty(InnerRows, Inner), room.Empty(InnerRows, Inner), room.Empty(InnerRows, Inner)];
        Matrix[] expected = [room.Empty(InnerRows, Inner), room.Empty(InnerRows, Inner), room.Empty(InnerRows, Inner)];
        return new KernelCase
        {
            Name = "swiglu_backward",
            Flops = 32.0 * InnerRows * Inner,
            Bytes = sizeof(float) * 6.0 * InnerRows * Inner,
            Run = () => Elementwise.SwiGluBackward(gate, up, dy, found[0], found[1], found[2]),
            Plain = () => PlainKernels.GateBackward(gate, up, dy, expected[0], expected[1], expected[2]),
            Found = found,
            Expected = expected,
        };
    }

    private static KernelCase LogSumExp(KernelRoom room)
    {
        const int Tokens = 256, Vocabulary = 49152;
        Matrix logits = room.Random(Tokens, Vocabulary), found = room.Empty(1, Tokens), expected = room.Empty(1, Tokens);
        return new KernelCase
        {
            Name = "log_softmax",
            Flops = 22.0 * Tokens * Vocabulary,
            Bytes = sizeof(float) * (double)Tokens * Vocabulary,
            Run = () =>
            {
                for (int row = 0; row < Tokens; row++)
                {
                    found.Data[row] = RowSoftmax.LogSumExp(logits.Row(row), Vocabulary);
                }
            },
            Plain = () => PlainKernels.LogSumExp(logits, expected.Data),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase Probabilities(KernelRoom room)
    {
        const int Tokens = 256, Vocabulary = 49152;
        Matrix found = room.Random(Tokens, Vocabulary), expected = room.Same(found);
        return new KernelCase
        {
            Name = "log_softmax_backward",
            Flops = 22.0 * Tokens * Vocabulary,
            Bytes = sizeof(float) * 2.0 * Tokens * Vocabulary,
            Run = () =>
            {
                for (int row = 0; row < Tokens; row++)
                {
                    RowSoftmax.Probabilities(found.Row(row), Vocabulary, Vocabulary, 1, 11, -0.5f);
                }
            },
            Plain = () => PlainKernels.Probabilities(expected, 11, -0.5f),
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase Adam(KernelRoom room)
    {
        const int Elements = 1 << 24, Drawn = 1 << 16;
        Matrix values = room.Random(1, Drawn);
        (TrainableParameter found, Matrix foundValues) = Parameter();
        (TrainableParameter expected, Matrix expectedValues) = Parameter();
        var optimizer = new AdamW([found], new AdamWOptions());
        float[] first = new float[Elements], second = new float[Elements];
        int step = 0, plainStep = 0;
        return new KernelCase
        {
            Name = "adamw",
            Flops = 14.0 * Elements,
            Bytes = sizeof(float) * 7.0 * Elements,
            Run = () => optimizer.Step(++step, 1e-3, 1),
            Plain = () => PlainKernels.Adam(expected.Value.Span, expected.Gradient.Span, first, second, ++plainStep, new AdamWOptions(), 1e-3),
            Found = [foundValues],
            Expected = [expectedValues],
        };

        (TrainableParameter, Matrix) Parameter()
        {
            var memory = new AlignedBuffer(Elements);
            var gradient = new AlignedBuffer(Elements);
            for (int i = 0; i < Elements; i++)
            {
                memory.Span[i] = values.Data[i % Drawn];
                gradient.Span[i] = values.Data[(i + 7919) % Drawn];
            }

            return (new TrainableParameter("w", [Elements / 1024, 1024], memory.Memory, gradient.Memory, Decays: true), new Matrix(memory.Pointer, Elements / 1024, 1024, 1024));
        }
    }
}
