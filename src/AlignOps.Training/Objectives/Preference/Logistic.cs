namespace AlignOps.Training.Objectives.Preference;

/// <summary>The logistic function and what goes with it, without overflow for arguments of any size.</summary>
internal static class Logistic
{
    /// <summary>σ(x) = 1 / (1 + e^−x).</summary>
    public static double Sigma(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>ln σ(x).</summary>
    public static double LogSigma(double x) => Math.Min(x, 0) - Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>ln(1 − e^x) for x below 0 (Mächler, 2012: of two forms the one that loses no digits).</summary>
    public static double LogOneMinusExp(double x) => x > -0.6931471805599453 ? Math.Log(-ExpMinusOne(x)) : Math.Log(1 - Math.Exp(x));

    /// <summary>e^x − 1, by its series where x is small.</summary>
    public static double ExpMinusOne(double x) => Math.Abs(x) < 1e-4 ? x * (1 + (x / 2) + (x * x / 6)) : Math.Exp(x) - 1;
}
