using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Tests.WebConsole;

internal static class Samples
{
    private static readonly EvidenceAnswer Answer = new("yes", false, 1, true, new Dictionary<string, bool>(), null);

    /// <summary>A preference suite and a regression suite, shuffled, with shared sources and unscored pairs.</summary>
    public static EvidenceFile Evidence(int items, int seed = 1)
    {
        var random = new Random(seed);
        var suite = new EvidenceSuite("manners", SuiteRole.Preference, "d", items, 1, 1, 1, 4, "judge", "j");
        var regression = suite with { Name = "words", Role = SuiteRole.Regression };
        var model = new ModelRef("base", null);
        return new EvidenceFile(
            new EvidenceHeader(EvidenceHeader.CurrentVersion, "r-1", "p", "d", new ModelRef("base", "lora"), model, model, 1, [suite, regression]),
            [
                .. Enumerable.Range(0, items).Select(i =>
                {
                    // Some share a source, some are unscored, some are of a regression suite.
                    var compared = new EvidenceComparison(random.Next(10) == 0 ? null : random.NextDouble() < 0.7 ? 1 : random.Next(2) / 2.0, true, null);
                    var isRegression = random.Next(5) == 0;
                    return new EvidenceItem(isRegression ? "words" : "manners", $"i-{i}", 0, "all", $"c-{random.Next(items / 2)}", "?", Answer, Answer, null, isRegression ? null : compared, isRegression ? null : compared);
                }),
            ]);
    }
}
