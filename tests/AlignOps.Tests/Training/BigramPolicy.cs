using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Training;

/// <summary>
/// A real, tiny policy: π(next | last) is the softmax of a row of a table plus a bias. Its noise drops half of the table's row and doubles the rest, by the
/// sequence's key and the position; its head's value is an entry a last token.
/// </summary>
internal sealed class BigramPolicy : ITrainablePolicy
{
    private readonly float[] _table;
    private readonly float[] _bias;
    private readonly float[] _tableGradient;
    private readonly float[] _biasGradient;
    private readonly float[] _head;
    private readonly float[] _headGradient;

    public BigramPolicy(int vocabulary, long seed)
    {
        Config = new PolicyConfig
        {
            VocabSize = vocabulary, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 1, EosTokenIds = [0],
        };
        var random = new RandomStream(seed);
        _table = [.. Enumerable.Range(0, vocabulary * vocabulary).Select(_ => (float)random.NextNormal())];
        _bias = new float[vocabulary];
        _head = new float[vocabulary];
        (_tableGradient, _biasGradient, _headGradient) = (new float[_table.Length], new float[vocabulary], new float[vocabulary]);
        Parameters =
        [
            new TrainableParameter("table", [vocabulary, vocabulary], _table, _tableGradient, Decays: true),
            new TrainableParameter("bias", [vocabulary], _bias, _biasGradient, Decays: false),
            new TrainableParameter("head", [vocabulary], _head, _headGradient, Decays: false),
        ];
    }

    public PolicyConfig Config { get; }

    public IReadOnlyList<TrainableParameter> Parameters { get; }

    /// <summary>Forward passes so far, those of scoring included.</summary>
    public int Passes { get; private set; }

    /// <summary>Sequences scored so far by <see cref="Score"/>.</summary>
    public int Scored { get; private set; }

    /// <summary>The keys that forward passes were given, in their order.</summary>
    public List<long?> Noises { get; } = [];

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        Passes++;
        Scored += sequences.Count;
        return LogProbabilities([.. sequences.Select(s => s with { Noise = null })]);
    }

    public IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null)
    {
        Passes++;
        Noises.AddRange(sequences.Select(s => s.Noise));
        return new Pass(this, sequences, options ?? PassOptions.None);
    }

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Training does not sample.");

    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "table.bin"), Bytes());
    }

    public byte[] Bytes() => [.. Parameters.SelectMany(p => p.Value.ToArray()).SelectMany(BitConverter.GetBytes)];

    public float[] Gradient() => [.. Parameters.SelectMany(p => p.Gradient.ToArray())];

    public void Dispose()
    {
    }

    private static IEnumerable<int> Positions(TokenSequence sequence) => Enumerable.Range(0, sequence.Tokens.Length).Where(t => sequence.Scored[t]);

    private float[][] LogProbabilities(IReadOnlyList<TokenSequence> sequences) =>
        [.. sequences.Select(s => Positions(s).Select(t => (float)Math.Log(Probabilities(s, t)[s.Tokens[t]])).ToArray())];

    private double[] Probabilities(TokenSequence sequence, int t)
    {
        int size = Config.VocabSize, last = sequence.Tokens[t - 1];
        double[] kept = Kept(sequence, t);
        double[] exponents = [.. Enumerable.Range(0, size).Select(v => Math.Exp(kept[v] * _table[last * size + v] + _bias[v]))];
        double sum = exponents.Sum();
        return [.. exponents.Select(e => e / sum)];
    }

    private double[] Kept(TokenSequence sequence, int t) => [.. Enumerable.Range(0, Config.VocabSize)
        .Select(v => sequence.Noise is { } key ? 2.0 * (RandomStream.Derive(key, t, v) & 1) : 1)];

    private sealed class Pass(BigramPolicy policy, IReadOnlyList<TokenSequence> sequences, PassOptions options) : IForwardPass
    {
        public IReadOnlyList<float[]> LogProbabilities { get; } = policy.LogProbabilities(sequences);

        public PassStatistics? Statistics { get; } = !options.Statistics ? null : new PassStatistics(
            [.. sequences.Select(s => Positions(s).Select(t => (float)-policy.Probabilities(s, t).Sum(p => p * Math.Log(p))).ToArray())],
            [.. sequences.Select(s => Positions(s).Select(t => policy.Probabilities(s, t) is var p && p[s.Tokens[t]] == p.Max()).ToArray())]);

        public IReadOnlyList<float>? Values { get; } = [.. sequences.Where(s => s.Valued).Select(s => policy._head[s.Tokens[^1]])];

        public void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null)
        {
            int size = policy.Config.VocabSize;
            for (int s = 0; s < sequences.Count; s++)
            {
                int scored = 0;
                foreach (int t in Positions(sequences[s]))
                {
                    int last = sequences[s].Tokens[t - 1];
                    double[] probabilities = policy.Probabilities(sequences[s], t);
                    double[] kept = policy.Kept(sequences[s], t);
                    for (int v = 0; v < size; v++)
                    {
                        double slope = gradients[s][scored] * ((v == sequences[s].Tokens[t] ? 1 : 0) - probabilities[v]);
                        policy._tableGradient[last * size + v] += (float)(slope * kept[v]);
                        policy._biasGradient[v] += (float)slope;
                    }

                    scored++;
                }
            }

            foreach ((TokenSequence valued, float gradient) in sequences.Where(s => s.Valued).Zip(valueGradients ?? []))
            {
                policy._headGradient[valued.Tokens[^1]] += gradient;
            }
        }

        public void Dispose()
        {
        }
    }
}
