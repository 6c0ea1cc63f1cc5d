using System.Numerics;
using System.Runtime.InteropServices;
using AlignOps.Models.Policies;

namespace AlignOps.Training.Optimization;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019, algorithm 2) with bias correction. Element by element in fp32 with no fused multiply-add,
/// so that a step gives the same bits on every machine and vector width.
/// </summary>
public sealed class AdamW
{
    private readonly IReadOnlyList<TrainableParameter> _parameters;
    private readonly AdamWOptions _options;

    public AdamW(IReadOnlyList<TrainableParameter> parameters, AdamWOptions options)
    {
        _parameters = parameters;
        _options = options;
        FirstMoments = [.. parameters.Select(p => new float[p.Value.Length])];
        SecondMoments = [.. parameters.Select(p => new float[p.Value.Length])];
    }

    /// <summary>Running means of the gradients, one array a parameter.</summary>
    public IReadOnlyList<float[]> FirstMoments { get; }

    /// <summary>Running means of the squared gradients, one array a parameter.</summary>
    public IReadOnlyList<float[]> SecondMoments { get; }

    /// <summary>Moves every parameter once.</summary>
    /// <param name="step">1 for the first step: the exponent of the bias corrections.</param>
    /// <param name="gradientScale">Factor on the gradients, 1 or what clipping asks for.</param>
    public void Step(int step, double learningRate, double gradientScale)
    {
        double firstCorrection = 1 - Math.Pow(_options.Beta1, step);
        double secondCorrection = 1 - Math.Pow(_options.Beta2, step);
        for (int i = 0; i < _parameters.Count; i++)
        {
            TrainableParameter parameter = _parameters[i];
            var factors = new Factors(
                (float)gradientScale, (float)_options.Beta1, (float)(1 - _options.Beta1), (float)_options.Beta2, (float)(1 - _options.Beta2),
                (float)(1 - learningRate * (parameter.Decays ? _options.WeightDecay : 0)), (float)(learningRate / firstCorrection),
                (float)(1 / Math.Sqrt(secondCorrection)), (float)_options.Epsilon);
            Move(parameter.Value.Span, parameter.Gradient.Span, FirstMoments[i], SecondMoments[i], factors);
        }
    }

    private static void Move(Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Factors f)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(first);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(second);
        var epsilon = new Vector<float>(f.Epsilon);
        for (int i = 0; i < wide.Length; i++)
        {
            Vector<float> gradient = g[i] * f.Scale;
            m[i] = m[i] * f.Beta1 + gradient * f.Rest1;
            v[i] = v[i] * f.Beta2 + gradient * gradient * f.Rest2;
            wide[i] = wide[i] * f.Keep - m[i] * f.Rate / (Vector.SquareRoot(v[i]) * f.RootCorrection + epsilon);
        }

        for (int i = wide.Length * Vector<float>.Count; i < values.Length; i++)
        {
            float gradient = gradients[i] * f.Scale;
            first[i] = first[i] * f.Beta1 + gradient * f.Rest1;
            second[i] = second[i] * f.Beta2 + gradient * gradient * f.Rest2;
            values[i] = values[i] * f.Keep - first[i] * f.Rate / (MathF.Sqrt(second[i]) * f.RootCorrection + f.Epsilon);
        }
    }

    private readonly record struct Factors(
        float Scale, float Beta1, float Rest1, float Beta2, float Rest2, float Keep, float Rate, float RootCorrection, float Epsilon);
}
