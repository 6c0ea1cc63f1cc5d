using System.Diagnostics;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Generation;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>Our side of a comparison: greedy answers to prompts of random tokens, other ones each round, so that no page is found again. Weights are a bf16 checkpoint's.</summary>
internal sealed class GenerationRounds
{
    private readonly DecoderModel _model;
    private readonly Generator _generator;
    private readonly Random _random = new(1);

    public GenerationRounds(PolicyConfig config, WorkerPool pool, WeightForm form = WeightForm.Exact)
    {
        _model = DecoderModel.ForInference(config with { EosTokenIds = [] }, new HalfWeights(config), adapter: null, form);
        _generator = new Generator(_model, new Machine(pool));
    }

    /// <summary>Seconds of each round.</summary>
    public double[] Run(int rounds, int prompts, int length, int tokens) => [.. Enumerable.Range(0, rounds).Select(_ => Seconds(Requests(prompts, length, tokens)))];

    /// <summary>Requests for prompts of random tokens.</summary>
    public GenerationRequest[] Requests(int prompts, int length, int tokens) =>
        [.. Enumerable.Range(0, prompts).Select(i => new GenerationRequest([.. Enumerable.Range(0, length).Select(_ => _random.Next(_model.Config.VocabSize))], tokens, 0, 1, i))];

    public double Seconds(IReadOnlyList<GenerationRequest> requests)
    {
        long started = Stopwatch.GetTimestamp();
        _generator.Run(requests, default);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Bytes that a step reads for so many requests at so many positions on average: every weight once, each request's keys and values.</summary>
    public double Bytes(int prompts, double positions) =>
        _model.Groups.Sum(group => group.Members.Sum(member => (double)member.Forward.Bytes))
        + (prompts * positions * sizeof(float) * new PageLayout(_model.Config).Floats / PageLayout.Positions);

    /// <summary>Weights of the size that an untrained policy has, each a bf16.</summary>
    private sealed class HalfWeights(PolicyConfig config) : IWeightSource
    {
        public void Read(string tensor, Span<float> destination)
        {
            var random = new Random(tensor.Length);
            float size = (float)(2 * Math.Sqrt(3.0 / config.HiddenSize));
            foreach (ref float number in destination)
            {
                number = tensor.Contains("norm", StringComparison.Ordinal) ? 1 : BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((random.NextSingle() - 0.5f) * size) & 0xFFFF0000);
            }
        }
    }
}
