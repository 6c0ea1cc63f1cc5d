using AlignOps.Statistics.Slices;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>Counts what was said of each slice against what is true of it.</summary>
internal sealed class SliceTally(double margin, int atLeast)
{
    private const double Exact = 1e-9;

    public IReadOnlyList<Line> Slices { get; } = [.. Enumerable.Range(0, SliceWorld.Count).Select(_ => new Line())];

    /// <summary>Suite by suite, the share of the slices called worse that are not; 0 where none is.</summary>
    public List<double> FalseDiscoveryProportions { get; } = [];

    public bool SmallAreInconclusive { get; private set; } = true;

    public void Add(SliceWorld world, IReadOnlyList<SliceFinding> found)
    {
        int worse = 0, falsely = 0;
        for (var k = 0; k < found.Count; k++)
        {
            var (line, truth, standing) = (Slices[k], world.WinRates[k], found[k].Standing);
            line.Seen++;
            line.Units += found[k].Units;
            if (found[k].Units < atLeast)
            {
                line.Small++;
                SmallAreInconclusive &= standing == SliceStanding.Inconclusive;
            }

            if (Math.Abs(truth - 0.5) < Exact)
            {
                line.Equal++;
                if (standing == SliceStanding.NotWorse) line.NotWorse++;
            }

            if (Math.Abs(truth - (0.5 - margin)) < Exact)
            {
                line.AtMargin++;
                if (standing == SliceStanding.NotWorse) line.FalselyNotWorse++;
            }

            if (Math.Abs(truth - (0.5 - 2 * margin)) < Exact)
            {
                line.FarWorse++;
                if (standing == SliceStanding.Worse) line.FoundWorse++;
            }

            if (standing != SliceStanding.Worse) continue;
            worse++;
            if (truth >= 0.5 - margin - Exact) falsely++;
        }

        FalseDiscoveryProportions.Add(worse == 0 ? 0 : (double)falsely / worse);
    }

    /// <summary>One slice over all suites.</summary>
    internal sealed class Line
    {
        public int Seen { get; set; }

        public long Units { get; set; }

        public int Small { get; set; }

        public int Equal { get; set; }

        public int NotWorse { get; set; }

        public int AtMargin { get; set; }

        public int FalselyNotWorse { get; set; }

        public int FarWorse { get; set; }

        public int FoundWorse { get; set; }
    }
}
