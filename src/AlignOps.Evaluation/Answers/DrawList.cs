namespace AlignOps.Evaluation.Answers;

internal static class DrawList
{
    /// <summary>Every draw of the suites. Items of all suites are shuffled together by the run's seed, because tests that look after each item presume no order; draws of an item stay together.</summary>
    public static IReadOnlyList<Draw> Shuffled(IReadOnlyList<AskedSuite> suites, long runSeed) =>
        [.. suites.SelectMany(Of).GroupBy(draw => (draw.Suite.Section.Name, draw.Item.Id)).OrderBy(item => item.First().Lot(runSeed)).SelectMany(item => item)];

    /// <summary>A suite's draws in the order of its file.</summary>
    public static IEnumerable<Draw> Of(AskedSuite suite) => suite.Items.SelectMany(item => Enumerable.Range(0, suite.Section.Samples).Select(sample => new Draw(suite, item, sample)));
}
