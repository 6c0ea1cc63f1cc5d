namespace AlignOps.Training.Metrics;

/// <summary>
/// How unusual a value is beside those before it, in standard deviations: the anomaly detector of llm.c, with a window of 128 values. Silent until it has
/// seen 16, and where they were all alike. Its values are part of a checkpoint.
/// </summary>
internal sealed class ZScores
{
    private const int Window = 128;
    private const int Least = 16;

    private readonly Queue<double> _values = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<double> Values
    {
        get => [.. _values];
        init => _values = new Queue<double>(value);
    }

    /// <summary>The value's score against the window before it; then it joins the window.</summary>
    public double? Add(double value)
    {
        double? score = null;
        if (_values.Count >= Least)
        {
            double mean = _values.Average();
            double deviation = Math.Sqrt(_values.Average(v => (v - mean) * (v - mean)));
            score = deviation > 0 ? (value - mean) / deviation : null;
        }

        _values.Enqueue(value);
        if (_values.Count > Window)
        {
            _values.Dequeue();
        }

        return score;
    }
}
