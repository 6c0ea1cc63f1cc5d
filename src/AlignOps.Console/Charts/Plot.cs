using System.Text;
using AlignOps.WebConsole.Parts;

namespace AlignOps.WebConsole.Charts;

/// <summary>Places values in a drawing of 560 × 220.</summary>
internal sealed class Plot(double xMin, double xMax, double yMin, double yMax)
{
    public const double Width = 560, Height = 220, Left = 52, Right = 548, Top = 12, Bottom = 190;

    private const int MostPoints = 400;

    public double X(double value) => xMax <= xMin ? Left : Left + (Math.Clamp(value, xMin, xMax) - xMin) / (xMax - xMin) * (Right - Left);

    public double Y(double value) => yMax <= yMin ? Bottom : Bottom - (Math.Clamp(value, yMin, yMax) - yMin) / (yMax - yMin) * (Bottom - Top);

    /// <summary>A line through the points, in order; of a long one every so many-th, and always the last.</summary>
    public string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var stride = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            if ((i % stride == 0 || i == points.Count - 1) && double.IsFinite(points[i].X) && double.IsFinite(points[i].Y))
            {
                path.Append(path.Length == 0 ? 'M' : 'L').Append(Show.Unit(X(points[i].X))).Append(' ').Append(Show.Unit(Y(points[i].Y)));
            }
        }

        return path.ToString();
    }
}
