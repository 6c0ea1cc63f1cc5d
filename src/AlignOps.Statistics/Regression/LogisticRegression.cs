namespace AlignOps.Statistics.Regression;

/// <summary>Logistic regression on soft targets in [0, 1] with weighted rows and a ridge, by Newton's method.</summary>
public static class LogisticRegression
{
    private const int MaxSteps = 100;

    /// <summary>The coefficients that maximise Σ wᵢ·[yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ)] − ridge/2·|β|², p = σ(Xβ).</summary>
    /// <param name="design">Row after row, as many numbers in each as there are coefficients.</param>
    /// <param name="weights">How much each row counts; a row of weight 0 is not there.</param>
    /// <param name="ridge">Above 0: what keeps a model that never lost at a finite strength.</param>
    /// <param name="start">Where to begin, such as the coefficients of the whole data for a resample of it.</param>
    public static double[] Fit(ReadOnlySpan<double> design, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, double ridge, ReadOnlySpan<double> start = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        var rows = targets.Length;
        var width = rows == 0 ? 0 : design.Length / rows;
        var at = start.Length == width ? start.ToArray() : new double[width];
        var gradient = new double[width];
        var hessian = new double[width, width];
        var value = Assess(design, targets, weights, ridge, at, gradient, hessian);
        for (var step = 0; step < MaxSteps; step++)
        {
            var move = Cholesky.Solve(hessian, gradient);
            var largest = move.Max(Math.Abs);
            if (largest < 1e-11) break;

            // The log-likelihood is concave, so a shorter step along Newton's always climbs.
            var scale = 1.0;
            var next = Moved(at, move, scale);
            var found = Assess(design, targets, weights, ridge, next, gradient, hessian);
            while (found < value - 1e-12 * Math.Abs(value) && scale > 1e-8)
            {
                scale /= 2;
                next = Moved(at, move, scale);
                found = Assess(design, targets, weights, ridge, next, gradient, hessian);
            }

            (at, value) = (next, found);
        }

        return at;
    }

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double Logit(double p) => Math.Log(p / (1 - p));

    private static double[] Moved(double[] at, double[] move, double scale) => [.. at.Zip(move, (a, m) => a + scale * m)];

    private static double Assess(ReadOnlySpan<double> design, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, double ridge, double[] at, double[] gradient, double[,] hessian)
    {
        var width = at.Length;
        double value = 0;
        Array.Clear(hessian);
        for (var j = 0; j < width; j++)
        {
            value -= ridge / 2 * at[j] * at[j];
            gradient[j] = -ridge * at[j];
            hessian[j, j] = ridge;
        }

        for (var i = 0; i < targets.Length; i++)
        {
            if (weights[i] == 0) continue;
            var row = design.Slice(i * width, width);
            double score = 0;
            for (var j = 0; j < width; j++) score += row[j] * at[j];
            var p = Sigmoid(score);

            // y·s − ln(1 + e^s), without overflow.
            value += weights[i] * (targets[i] * score - Math.Max(score, 0) - Math.Log(1 + Math.Exp(-Math.Abs(score))));
            var error = weights[i] * (targets[i] - p);
            var spread = weights[i] * p * (1 - p);
            for (var j = 0; j < width; j++)
            {
                if (row[j] == 0) continue;
                gradient[j] += error * row[j];
                for (var k = 0; k <= j; k++) hessian[j, k] += spread * row[j] * row[k];
            }
        }

        return value;
    }
}
