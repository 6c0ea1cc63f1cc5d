namespace AlignOps.Evaluation.Answers;

internal static class DrawList
{
    /// <summary>Every draw of the suites. Items of all suites are shuffled together by the run's seed, because tests that look after each item presume no order; draws of an item stay together.</summary>
    public static IReadOnlyList<Draw> Shuffled(IReadOnlyList<AskedSuite> suites, long runSeed) =>
    [
        .. suites.SelectMany(suite => suite.Reading.Items.Select(item => new Draw(suite, item, 0)))
            .OrderBy(draw => draw.Seed(runSeed, "order"))
            .SelectMany(first => Enumerable.Range(0, first.Suite.Section.Samples).Select(sample => first with { Sample = sample })),
    ];
}
