using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AlignOps.Models.Policies;

namespace AlignOps.Training.Optimization;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019, algorithm 2) with bias correction, in one walk over memory. Element by element in fp32 with no fused multiply-add,
/// so that a step gives the same bits on every machine, vector width and number of workers.
/// </summary>
public sealed class AdamW
{
    private readonly IReadOnlyList<TrainableParameter> _parameters;
    private readonly AdamWOptions _options;
    private readonly Action<int, Action<int>> _share;
    private readonly ParameterPieces _pieces;
    private readonly double[] _squares;
    private readonly Action<int> _move;
    private readonly Action<int> _square;
    private Factors _decayed;
    private Factors _kept;
    private bool _clears;

    /// <param name="share">Runs numbered tasks, as <see cref="ITrainablePolicy.Share"/>; null runs them on the caller.</param>
    public AdamW(IReadOnlyList<TrainableParameter> parameters, AdamWOptions options, Action<int, Action<int>>? share = null)
    {
        _parameters = parameters;
        _options = options;
        _share = share ?? Alone;
        FirstMoments = [.. parameters.Select(p => new float[p.Value.Length])];
        SecondMoments = [.. parameters.Select(p => new float[p.Value.Length])];
        _pieces = new ParameterPieces(parameters);
        _squares = new double[_pieces.Count];
        (_move, _square) = (Move, Square);
    }

    /// <summary>Running means of the gradients, one array a parameter.</summary>
    public IReadOnlyList<float[]> FirstMoments { get; }

    /// <summary>Running means of the squared gradients, one array a parameter.</summary>
    public IReadOnlyList<float[]> SecondMoments { get; }

    /// <summary><see cref="GradientNorm.Of"/> of the parameters, the same bits.</summary>
    public double Norm()
    {
        _share(_pieces.Count, _square);
        double sum = 0;
        foreach (double square in _squares)
        {
            sum += square;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Moves every parameter once.</summary>
    /// <param name="step">1 for the first step: the exponent of the bias corrections.</param>
    /// <param name="gradientScale">Factor on the gradients, 1 or what clipping asks for.</param>
    /// <param name="clears">Leaves the gradients zero for the next step.</param>
    public void Step(int step, double learningRate, double gradientScale, bool clears = false)
    {
        double firstCorrection = 1 - Math.Pow(_options.Beta1, step);
        double secondCorrection = 1 - Math.Pow(_options.Beta2, step);
        _kept = new Factors(
            (float)gradientScale, (float)_options.Beta1, (float)(1 - _options.Beta1), (float)_options.Beta2, (float)(1 - _options.Beta2),
            1, (float)(learningRate / firstCorrection), (float)(1 / Math.Sqrt(secondCorrection)), (float)_options.Epsilon);
        _decayed = _kept with { Keep = (float)(1 - (learningRate * _options.WeightDecay)) };
        _clears = clears;
        _share(_pieces.Count, _move);
    }

    private static void Alone(int count, Action<int> task)
    {
        for (int i = 0; i < count; i++)
        {
            task(i);
        }
    }

    private void Square(int piece)
    {
        (int parameter, int start, int length) = _pieces[piece];
        _squares[piece] = GradientNorm.SumOfSquares(_parameters[parameter].Gradient.Span.Slice(start, length));
    }

    private void Move(int piece)
    {
        (int index, int start, int length) = _pieces[piece];
        TrainableParameter parameter = _parameters[index];
        Span<float> gradient = parameter.Gradient.Span.Slice(start, length);
        Move(parameter.Value.Span.Slice(start, length), gradient, FirstMoments[index].AsSpan(start, length), SecondMoments[index].AsSpan(start, length),
            parameter.Decays ? _decayed : _kept);
        if (_clears)
        {
            gradient.Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Factors f)
    {
        ref float w = ref MemoryMarshal.GetReference(values), m = ref MemoryMarshal.GetReference(first), v = ref MemoryMarshal.GetReference(second);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        var epsilon = new Vector<float>(f.Epsilon);
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            var at = (nuint)i;
            Vector<float> gradient = Vector.LoadUnsafe(ref g, at) * f.Scale;
            Vector<float> mean = Vector.LoadUnsafe(ref m, at) * f.Beta1 + gradient * f.Rest1;
            Vector<float> square = Vector.LoadUnsafe(ref v, at) * f.Beta2 + gradient * gradient * f.Rest2;
            mean.StoreUnsafe(ref m, at);
            square.StoreUnsafe(ref v, at);
            (Vector.LoadUnsafe(ref w, at) * f.Keep - mean * f.Rate / (Vector.SquareRoot(square) * f.RootCorrection + epsilon)).StoreUnsafe(ref w, at);
        }

        for (; i < values.Length; i++)
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
