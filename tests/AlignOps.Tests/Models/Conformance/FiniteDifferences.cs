using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>An engine's gradients against central differences of the plain decoder's scores and values.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    public static Dictionary<string, double[]> Tensors(params ITrainablePolicy[] policies) =>
        policies.SelectMany(policy => policy.Parameters).ToDictionary(p => p.Name, p => p.Value.ToArray().Select(v => (double)v).ToArray());

    /// <param name="tensors">Those that the plain decoder reads.</param>
    /// <param name="tolerance">As a share of a tensor's largest element.</param>
    public static void Check(
        ITrainablePolicy policy, PlainDecoder plain, Dictionary<string, double[]> tensors, IReadOnlyList<TokenSequence> sequences, double tolerance, PassOptions? options = null,
        int elementsPerTensor = 1)
    {
        List<float[]> gradients;
        float[] valueGradients;
        using (IForwardPass pass = policy.Forward(sequences, options))
        {
            gradients = TinyPolicies.Gradients(pass.LogProbabilities, 12);
            valueGradients = [.. Enumerable.Range(1, pass.Values?.Count ?? 0).Select(i => (i % 2 == 0 ? 1f : -1f) / i)];
            pass.Backward(gradients, pass.Values is null ? null : valueGradients);
        }

        var random = new RandomStream(13);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            double[] values = tensors[parameter.Name];
            double largest = parameter.Gradient.ToArray().Max(Math.Abs);
            Assert.True(largest > 0, parameter.Name);
            for (int i = 0; i < elementsPerTensor; i++)
            {
                int element = random.NextInt(values.Length);
                double expected = (Loss(+Step) - Loss(-Step)) / (2 * Step);
                double found = parameter.Gradient.Span[element];
                Assert.True(Math.Abs(expected - found) <= tolerance * (0.1 + largest), $"{parameter.Name}[{element}]: {found} should be {expected}");

                double Loss(double step)
                {
                    double before = values[element];
                    values[element] += step;
                    double loss = sequences.Zip(gradients).Sum(pair => plain.Score(pair.First).Zip(pair.Second, (score, g) => score * g).Sum())
                        + sequences.Where(s => s.Valued).Zip(valueGradients, (sequence, g) => plain.Value(sequence) * g).Sum();
                    values[element] = before;
                    return loss;
                }
            }
        }
    }
}
