using System.Numerics.Tensors;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Generation;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Weights in fewer bits: bf16 gives the bits that fp32 gives, int8 what its own numbers give.</summary>
public sealed unsafe class CompactWeightTests
{
    private readonly Arena _arena = new();

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 33, 65 }, { 1, 2500, 32 }, { 2, 129, 31 }, { 3, 128, 40 }, { 7, 300, 96 }, { 17, 577, 33 }, { 50, 2100, 64 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_Halves_GivesTheBitsOfSingles(int rows, int depth, int width)
    {
        Matrix x = Random(rows, depth, 1, halves: false), w = Random(width, depth, 2, halves: true), expected = Random(rows, width, 3, halves: false), found = Copy(expected);
        PackedMatrix singles = Pack(w), halves = Pack(w);
        halves.Halve();
        Assert.Equal(StripForm.Half, halves.Form);
        Assert.InRange(halves.Bytes, (singles.Bytes / 2) - 4, (singles.Bytes / 2) + 4);

        Gemm.Multiply(x, singles, expected, add: true);
        Gemm.Multiply(x, halves, found, add: true);

        AssertSame(expected, found);
    }

    [Fact]
    public void Halve_OneNumberMore_StaysAsItIs()
    {
        Matrix w = Random(40, 70, 2, halves: true);
        w.Row(39)[69] = 1.0001f;
        PackedMatrix packed = Pack(w);
        packed.Halve();
        Assert.Equal(StripForm.Single, packed.Form);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_Bytes_EqualsTheProductWithTheirNumbersAndIsWithinHalfAStep(int rows, int depth, int width)
    {
        Matrix x = Random(rows, depth, 1, halves: false), w = Random(width, depth, 2, halves: false), found = Random(rows, width, 3, halves: false), expected = Random(rows, width, 4, halves: false);
        PackedMatrix bytes = Pack(w);
        bytes.Quantise();
        for (int output = 0; output < width; output++)
        {
            var row = new Span<float>(w.Row(output), depth);
            float step = MathF.Abs(TensorPrimitives.MaxMagnitude(row)) / 127;
            foreach (ref float number in row)
            {
                float near = MathF.Round(number / step) * step;
                Assert.InRange(number - near, -0.501f * step, 0.501f * step);
                number = near;
            }
        }

        Gemm.Multiply(x, Pack(w), expected);
        Gemm.Multiply(x, bytes, found);

        AssertSame(expected, found);
    }

    [Theory]
    [InlineData("grouped-tied", WeightForm.Exact)]
    [InlineData("odd-untied", WeightForm.Exact)]
    [InlineData("biased", WeightForm.Int8)]
    public void Generate_CompactWeights_AloneOrInCompanyGivesTheSame(string shape, WeightForm form)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        DecoderModel model = DecoderModel.ForInference(config, new HalfWeights(config), adapter: null, form);
        Assert.All(model.Groups.SelectMany(group => group.Members), member => Assert.Equal(form == WeightForm.Exact ? StripForm.Half : StripForm.Byte, member.Forward.Form));
        List<GenerationRequest> requests = TinyPolicies.Requests(config, 30);

        IReadOnlyList<GenerationResult> together = new Generator(model, new Machine(new WorkerPool(2))).Run(requests, default);

        var alone = new Generator(model, new Machine(new WorkerPool(3)));
        Assert.All(together.Zip(requests), pair =>
        {
            GenerationResult single = alone.Run([pair.Second], default)[0];
            Assert.Equal(single.Tokens, pair.First.Tokens);
            Assert.Equal(single.LogProbabilities, pair.First.LogProbabilities);
        });
    }

    private static PackedMatrix Pack(Matrix w)
    {
        var packed = new PackedMatrix(w.Width, w.Rows);
        packed.PackTransposed(w.Data, w.Stride, w.Rows, w.Width);
        return packed;
    }

    private Matrix Random(int rows, int width, long seed, bool halves)
    {
        Matrix matrix = _arena.Rent(rows, width);
        var random = new RandomStream(seed);
        for (int i = 0; i < rows * matrix.Stride; i++)
        {
            matrix.Data[i] = HalfWeights.Cut((float)random.NextNormal(), halves);
        }

        return matrix;
    }

    private Matrix Copy(Matrix from)
    {
        Matrix to = _arena.Rent(from.Rows, from.Width);
        Elementwise.Copy(from, to);
        return to;
    }

    private static void AssertSame(Matrix expected, Matrix found)
    {
        for (int row = 0; row < expected.Rows; row++)
        {
            Assert.Equal(new Span<float>(expected.Row(row), expected.Width).ToArray(), new Span<float>(found.Row(row), found.Width).ToArray());
        }
    }

    /// <summary>Weights as a checkpoint in bf16 has them.</summary>
    private sealed class HalfWeights(PolicyConfig config) : IWeightSource
    {
        private readonly SeededWeights _weights = new(config, 4);

        public static float Cut(float number, bool cut) => cut ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(number) & 0xFFFF0000) : number;

        public void Read(string tensor, Span<float> destination)
        {
            _weights.Read(tensor, destination);
            foreach (ref float number in destination)
            {
                number = Cut(number, cut: true);
            }
        }
    }
}
