using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Training;

/// <summary>A real, tiny policy: π(next | last) is the softmax of a row of a table, which is also its only parameter beside a bias.</summary>
internal sealed class BigramPolicy : ITrainablePolicy
{
    private readonly float[] _table;
    private readonly float[] _bias;
    private readonly float[] _tableGradient;
    private readonly float[] _biasGradient;

    public BigramPolicy(int vocabulary, long seed)
    {
        Config = new PolicyConfig
        {
            VocabSize = vocabulary, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 1, EosTokenIds = [0],
        };
        var random = new RandomStream(seed);
        _table = [.. Enumerable.Range(0, vocabulary * vocabulary).Select(_ => (float)random.NextNormal())];
        _bias = new float[vocabulary];
        (_tableGradient, _biasGradient) = (new float[_table.Length], new float[vocabulary]);
        Parameters =
        [
            new TrainableParameter("table", [vocabulary, vocabulary], _table, _tableGradient, Decays: true),
            new TrainableParameter("bias", [vocabulary], _bias, _biasGradient, Decays: false),
        ];
    }

    public PolicyConfig Config { get; }

    public IReadOnlyList<TrainableParameter> Parameters { get; }

    /// <summary>Forward passes so far, those of scoring included.</summary>
    public int Passes { get; private set; }

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        Passes++;
        return [.. sequences.Select(s => Positions(s).Select(t => (float)Math.Log(Probabilities(s.Tokens[t - 1])[s.Tokens[t]])).ToArray())];
    }

    public IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null) => new Pass(this, sequences);

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

    private double[] Probabilities(int last)
    {
        int size = Config.VocabSize;
        double[] exponents = [.. Enumerable.Range(0, size).Select(v => Math.Exp(_table[last * size + v] + _bias[v]))];
        double sum = exponents.Sum();
        return [.. exponents.Select(e => e / sum)];
    }

    private sealed class Pass(BigramPolicy policy, IReadOnlyList<TokenSequence> sequences) : IForwardPass
    {
        public IReadOnlyList<float[]> LogProbabilities { get; } = policy.Score(sequences);

        public void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null)
        {
            int size = policy.Config.VocabSize;
            for (int s = 0; s < sequences.Count; s++)
            {
                int scored = 0;
                foreach (int t in Positions(sequences[s]))
                {
                    int last = sequences[s].Tokens[t - 1];
                    double[] probabilities = policy.Probabilities(last);
                    for (int v = 0; v < size; v++)
                    {
                        float slope = (float)(gradients[s][scored] * ((v == sequences[s].Tokens[t] ? 1 : 0) - probabilities[v]));
                        policy._tableGradient[last * size + v] += slope;
                        policy._biasGradient[v] += slope;
                    }

                    scored++;
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
