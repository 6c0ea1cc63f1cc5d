namespace AlignOps.Statistics.Distributions;

/// <summary>Tails of the binomial distribution with success probability 1/2.</summary>
internal static class Binomial
{
    /// <summary>P(X ≥ k) for X ~ Binomial(n, 1/2), summed from the small end in logs.</summary>
    public static double UpperTail(int n, int k)
    {
        if (k <= 0) return 1;
        if (k > n) return 0;

        var sum = 0.0;
        for (var i = n; i >= k; i--) sum += Math.Exp(LogChoose(n, i) - n * Math.Log(2));
        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k)
    {
        var log = 0.0;
        for (var i = 1; i <= Math.Min(k, n - k); i++) log += Math.Log((double)(n - i + 1) / i);
        return log;
    }
}
