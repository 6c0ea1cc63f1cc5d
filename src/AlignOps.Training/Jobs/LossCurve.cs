namespace AlignOps.Training.Jobs;

/// <summary>The loss over the steps so far, small enough for a job's row: when it fills up, every second point goes. The whole curve is in the metrics file.</summary>
internal sealed class LossCurve
{
    private const int Most = 120;

    private readonly List<double[]> _points = [];
    private int _stride = 1;

    /// <summary>(step, loss), in order.</summary>
    public IReadOnlyList<double[]> Points => _points;

    public void Add(int step, double loss)
    {
        if (!double.IsFinite(loss) || step % _stride != 0)
        {
            return;
        }

        _points.Add([step, Math.Round(loss, 4)]);
        if (_points.Count > Most)
        {
            _stride *= 2;
            _points.RemoveAll(point => (int)point[0] % _stride != 0);
        }
    }
}
