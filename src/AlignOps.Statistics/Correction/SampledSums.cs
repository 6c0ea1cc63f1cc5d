namespace AlignOps.Statistics.Correction;

/// <summary>
/// All that <see cref="SampledCorrection"/> needs of clusters: sums, and sums of products, of (weighted person, weight, weighted judge, judge, 1), so that leaving one cluster out costs nothing.
/// </summary>
internal sealed class SampledSums
{
    private const int Size = 5;

    private readonly double[] _sums = new double[Size];
    private readonly double[] _products = new double[Size * Size];

    public static SampledSums Of(IReadOnlyList<SampledLabel> cluster)
    {
        var own = new SampledSums();
        double[] values = [0, 0, 0, cluster.Average(item => item.Judge), 1];
        foreach (var item in cluster.Where(item => item.Person is not null))
        {
            var weight = 1 / (item.Inclusion * cluster.Count);
            values[0] += weight * item.Person!.Value;
            values[1] += weight;
            values[2] += weight * item.Judge;
        }

        for (var i = 0; i < Size; i++)
        {
            own._sums[i] = values[i];
            for (var j = 0; j < Size; j++) own._products[i * Size + j] = values[i] * values[j];
        }

        return own;
    }

    public static SampledSums Total(IEnumerable<SampledSums> clusters)
    {
        var total = new SampledSums();
        foreach (var own in clusters) total.Add(own, 1);
        return total;
    }

    public SampledSums Without(SampledSums cluster)
    {
        var left = new SampledSums();
        left.Add(this, 1);
        left.Add(cluster, -1);
        return left;
    }

    public (double Mean, double People, double Bias, double Raw, double Lambda) Solve()
    {
        double count = _sums[4], raw = _sums[3] / count, people = _sums[0] / _sums[1], bias = (_sums[2] - _sums[0]) / _sums[1];

        // Both are centred first, so that an uneven number of labels does not move the level.
        double[] own = [1, -people, 0, 0, 0], judge = [0, -raw, 1, -1, raw];
        var spread = Covariance(judge, judge, count);
        var lambda = spread > 0 ? Math.Clamp(Covariance(own, judge, count) / spread, 0, 1) : 0;
        return (people + (Sum(own) - lambda * Sum(judge)) / count, people, bias, raw, lambda);
    }

    private void Add(SampledSums other, double sign)
    {
        for (var i = 0; i < _sums.Length; i++) _sums[i] += sign * other._sums[i];
        for (var i = 0; i < _products.Length; i++) _products[i] += sign * other._products[i];
    }

    private double Sum(double[] of)
    {
        double sum = 0;
        for (var i = 0; i < Size; i++) sum += of[i] * _sums[i];
        return sum;
    }

    private double Covariance(double[] one, double[] other, double count)
    {
        double sum = 0;
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++) sum += one[i] * other[j] * _products[i * Size + j];
        }

        return sum - Sum(one) * Sum(other) / count;
    }
}
