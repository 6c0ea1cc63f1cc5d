using System.Globalization;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.League;

namespace AlignOps.Benchmarks.Proofs.People;

/// <summary>Leagues of six versions of known strength, each run a new candidate against the version before it and against the first.</summary>
internal static class LeagueCoverage
{
    private const int Questions = 150;
    private static readonly double[] Strengths = [0, 0.4, 0.9, 0.7, 1.3, 1.1];
    private static readonly double Points = 400 / Math.Log(10);

    /// <returns>Intervals that cover the truth, of all; and how often the strongest came first.</returns>
    public static (int Covered, int All, int First) Of(int seeds)
    {
        int covered = 0, first = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var report = LeagueReader.Of("league", [.. Enumerable.Range(1, Strengths.Length - 1).Select(version => Run(version, random))], 0, new Dictionary<string, long>());
            foreach (var line in report.Standings.Where(line => line.Model != report.Anchor))
            {
                var truth = 1000 + Points * Strengths[line.Model[^1] - '0'];
                covered += line.Rating.Lower <= truth && truth <= line.Rating.Upper ? 1 : 0;
            }

            first += report.Standings[0].Model[^1] - '0' == 4 ? 1 : 0;
        }

        return (covered, seeds * (Strengths.Length - 1), first);
    }

    private static PlayedRun Run(int version, Random random)
    {
        var (candidate, champion, anchor) = (Model(version), Model(version - 1), Model(0));
        var items = Enumerable.Range(0, Questions).Select(i => new EvidenceItem(
            "questions", string.Create(CultureInfo.InvariantCulture, $"i{i}"), 0, "all", null, "?", Answer, Answer, Answer, Game(random, version, version - 1), Game(random, version, 0)));
        return new PlayedRun($"r-{version}", "", new EvidenceFile(
            new EvidenceHeader(1, $"r-{version}", "league", "d", candidate, champion, anchor, 1, [new EvidenceSuite("questions", SuiteRole.Preference, "d", Questions, 1, 1, 1, 16, "judge", "j")]), [.. items]));
    }

    private static EvidenceComparison Game(Random random, int one, int other) => new(random.NextDouble() < 1 / (1 + Math.Exp(Strengths[other] - Strengths[one])) ? 1 : 0, true, null);

    private static ModelRef Model(int version) => new(new string('b', 64), string.Create(CultureInfo.InvariantCulture, $"version{version}"));

    private static EvidenceAnswer Answer { get; } = new("", false, 1, true, new Dictionary<string, bool>(), null);
}
