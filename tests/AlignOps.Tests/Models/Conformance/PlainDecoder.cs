using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>The decoder as modeling_llama.py and its kin state it, in double precision and loops: what the kernels are held to.</summary>
/// <param name="training">Noise as a training pass has it; null for none.</param>
internal sealed class PlainDecoder(PolicyConfig config, Dictionary<string, double[]> tensors, LoraConfig? lora = null, PassOptions? training = null)
{
    private readonly Dictionary<(int Layer, string Module), (double[] W, double[]? Bias, double[]? A, double[]? B)> _linears = (
        from layer in Enumerable.Range(0, config.LayerCount)
        from module in LoraConfig.AllLinear
        select (Key: (layer, module), Value: (
            tensors[LlamaLayout.Linear(layer, module)],
            tensors.GetValueOrDefault(LlamaLayout.Bias(layer, module)),
            tensors.GetValueOrDefault(AdapterLayout.A(layer, module)),
            tensors.GetValueOrDefault(AdapterLayout.B(layer, module))))).ToDictionary(pair => pair.Key, pair => pair.Value);

    private long? _noise;

    /// <summary>log π of each scored token.</summary>
    public double[] Score(TokenSequence sequence)
    {
        double[][] distributions = Distributions(sequence);
        int[] scored = [.. Enumerable.Range(0, sequence.Tokens.Length).Where(t => sequence.Scored[t])];
        return [.. scored.Zip(distributions, (t, logs) => logs[sequence.Tokens[t]])];
    }

    /// <summary>Of each scored token, log π of all tokens in its place.</summary>
    public double[][] Distributions(TokenSequence sequence)
    {
        double[][] hidden = Hidden(sequence);
        return [.. Enumerable.Range(0, sequence.Tokens.Length).Where(t => sequence.Scored[t]).Select(t =>
        {
            double[] logits = Logits(hidden[t - 1]);
            double max = logits.Max(), log = max + Math.Log(logits.Sum(z => Math.Exp(z - max)));
            return Array.ConvertAll(logits, z => z - log);
        })];
    }

    /// <summary>The head at the last token.</summary>
    public double Value(TokenSequence sequence) => Product(tensors[AdapterLayout.RewardHead], Hidden(sequence)[^1])[0];

    public double[] Logits(double[] hidden) => Product(tensors[config.TieWordEmbeddings ? LlamaLayout.Embedding : LlamaLayout.Head], hidden);

    /// <summary>The final norm's output for each token.</summary>
    private double[][] Hidden(TokenSequence sequence)
    {
        _noise = training is null ? null : sequence.Noise;
        double[] table = tensors[LlamaLayout.Embedding];
        double[][] x = [.. sequence.Tokens.Select((token, t) => Disturb(table[(token * config.HiddenSize)..((token + 1) * config.HiddenSize)], t, sequence.Tokens.Length))];
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            double[][] normed = [.. x.Select(row => Norm(row, LlamaLayout.InputNorm(layer)))];
            double[][] attended = Attention(layer, normed);
            for (int t = 0; t < x.Length; t++)
            {
                x[t] = Sum(x[t], Linear(layer, "o_proj", attended[t], t));
                double[] inner = Norm(x[t], LlamaLayout.PostAttentionNorm(layer));
                double[] gate = Linear(layer, "gate_proj", inner, t), up = Linear(layer, "up_proj", inner, t);
                x[t] = Sum(x[t], Linear(layer, "down_proj", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], t));
            }
        }

        return [.. x.Select(row => Norm(row, LlamaLayout.FinalNorm))];
    }

    private double[][] Attention(int layer, double[][] x)
    {
        int dim = config.HeadDim, group = config.HeadCount / config.KeyValueHeadCount;
        double[][] q = [.. x.Select((row, t) => Rotate(HeadNorms(Linear(layer, "q_proj", row, t), LlamaLayout.QueryNorm(layer)), t))];
        double[][] k = [.. x.Select((row, t) => Rotate(HeadNorms(Linear(layer, "k_proj", row, t), LlamaLayout.KeyNorm(layer)), t))];
        double[][] v = [.. x.Select((row, t) => Linear(layer, "v_proj", row, t))];
        var output = new double[x.Length][];
        for (int t = 0; t < x.Length; t++)
        {
            output[t] = new double[config.HeadCount * dim];
            for (int head = 0; head < config.HeadCount; head++)
            {
                int at = head * dim, keyAt = head / group * dim;
                double total = 0;
                for (int s = Math.Max(0, t - config.Window(layer) + 1); s <= t; s++)
                {
                    double score = 0;
                    for (int i = 0; i < dim; i++)
                    {
                        score += q[t][at + i] * k[s][keyAt + i];
                    }

                    double weight = Math.Exp(score / Math.Sqrt(dim));
                    total += weight;
                    for (int i = 0; i < dim; i++)
                    {
                        output[t][at + i] += weight * v[s][keyAt + i];
                    }
                }

                for (int i = 0; i < dim; i++)
                {
                    output[t][at + i] /= total;
                }
            }
        }

        return output;
    }

    private double[] Rotate(double[] row, int position)
    {
        int dim = config.HeadDim, half = dim / 2;
        var rotated = new double[row.Length];
        for (int pair = 0; pair < half; pair++)
        {
            (double sin, double cos) = Math.SinCos(position * Math.Pow(config.RopeTheta, -2.0 * pair / dim));
            for (int head = 0; head < row.Length; head += dim)
            {
                (double low, double high) = (row[head + pair], row[head + pair + half]);
                rotated[head + pair] = (low * cos) - (high * sin);
                rotated[head + pair + half] = (high * cos) + (low * sin);
            }
        }

        return rotated;
    }

    private double[] HeadNorms(double[] row, string name) =>
        config.HasHeadNorms ? [.. row.Chunk(config.HeadDim).SelectMany(head => Norm(head, name))] : row;

    private double[] Norm(double[] x, string name)
    {
        double inverse = 1 / Math.Sqrt((x.Sum(v => v * v) / x.Length) + config.RmsNormEpsilon);
        return [.. x.Zip(tensors[name], (v, gamma) => v * inverse * gamma)];
    }

    /// <summary>NEFTune.</summary>
    private double[] Disturb(double[] embedding, int position, int length)
    {
        if (_noise is not { } noise)
        {
            return embedding;
        }

        ulong stream = TrainingNoise.Stream(noise, TrainingNoise.Embedding, position);
        double amplitude = training!.NeftuneAlpha / Math.Sqrt((double)length * config.HiddenSize);
        return [.. embedding.Select((v, i) => v + (amplitude * TrainingNoise.Uniform(stream, i)))];
    }

    /// <summary>What an adapter reads of x.</summary>
    private double[] Drop(int layer, string module, double[] x, int position)
    {
        if (_noise is not { } noise || lora!.Dropout == 0)
        {
            return x;
        }

        AdapterInput input = module switch
        {
            "o_proj" => AdapterInput.Output,
            "gate_proj" or "up_proj" => AdapterInput.GateUp,
            "down_proj" => AdapterInput.Down,
            _ => AdapterInput.Attention,
        };
        ulong stream = TrainingNoise.Stream(noise, TrainingNoise.Input(layer, input), position);
        return [.. x.Select((v, i) => v * TrainingNoise.Keep(stream, i, lora.Dropout))];
    }

    private double[] Linear(int layer, string module, double[] x, int position)
    {
        (double[] w, double[]? bias, double[]? a, double[]? b) = _linears[(layer, module)];
        double[] y = bias is null ? Product(w, x) : Sum(Product(w, x), bias);
        return a is null ? y : Sum(y, Array.ConvertAll(Product(b!, Product(a, Drop(layer, module, x, position))), v => v * lora!.ScalingOf(layer, module)));
    }

    private static double[] Product(double[] matrix, double[] x)
    {
        var y = new double[matrix.Length / x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(i * x.Length, x.Length);
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * x[j];
            }

            y[i] = sum;
        }

        return y;
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
