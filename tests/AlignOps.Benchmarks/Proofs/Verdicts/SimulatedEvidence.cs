using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>Evidence as the evaluation writes it, of imagined models that show each of a few behaviours with a given probability.</summary>
internal static class SimulatedEvidence
{
    private static readonly ModelRef Candidate = new("base00000000", "cand00000000");
    private static readonly ModelRef Champion = new("base00000000", "cham00000000");
    private static readonly ModelRef Anchor = new("base00000000", "anch00000000");
    private static readonly string[] Behaviours = ["grounded", "honest", "polite", "to-the-point"];

    /// <param name="SourceSize">Items that share a source; a source's items are equally hard.</param>
    /// <param name="Rate">How often the champion and the anchor show a behaviour.</param>
    /// <param name="CandidateRate">How often the candidate does.</param>
    internal sealed record Design(int Items, int Slices, int SourceSize, int RegressionItems, double Rate = 0.8, double CandidateRate = 0.8);

    public static GateContext Context { get; } = new("r-1", "imagined", "definition", "dataset", "evidence", Candidate, Champion, Anchor, ["b-1"], Champion, null);

    public static EvidenceFile Draw(Design design, long seed)
    {
        var random = new DrawStream(seed, 0);
        var items = new List<EvidenceItem>(design.Items + design.RegressionItems);
        double ease = 0;
        for (var i = 0; i < design.Items; i++)
        {
            if (i % design.SourceSize == 0) ease = 0.2 * (random.NextDouble() - 0.5);
            var (candidate, champion, anchor) = (Answer(ref random, design.CandidateRate + ease), Answer(ref random, design.Rate + ease), Answer(ref random, design.Rate + ease));
            items.Add(new EvidenceItem(
                "behaviour", $"i{i}", 0, $"slice-{random.NextInt(design.Slices):00}", design.SourceSize == 1 ? null : $"s{i / design.SourceSize}", "?", candidate, champion, anchor, Compare(candidate, champion), Compare(candidate, anchor)));
        }

        for (var i = 0; i < design.RegressionItems; i++)
        {
            items.Add(new EvidenceItem("abilities", $"r{i}", 0, "abilities", null, "?", Answer(ref random, 0.97), Answer(ref random, 0.97), null, null, null));
        }

        List<EvidenceSuite> suites = [new("behaviour", SuiteRole.Preference, "d", design.Items, 1, 0.7, 1, 64, "verifier", "j")];
        if (design.RegressionItems > 0) suites.Add(new EvidenceSuite("abilities", SuiteRole.Regression, "d", design.RegressionItems, 1, 0.7, 1, 64, "verifier", "j"));
        return new EvidenceFile(new EvidenceHeader(EvidenceHeader.CurrentVersion, "r-1", "imagined", "definition", Candidate, Champion, Anchor, seed, suites), items);
    }

    private static EvidenceAnswer Answer(ref DrawStream random, double rate)
    {
        var checks = new Dictionary<string, bool>(Behaviours.Length);
        foreach (var behaviour in Behaviours) checks[behaviour] = random.NextDouble() < rate;
        return new EvidenceAnswer("…", false, checks.Values.Average(shown => shown ? 1.0 : 0), checks.Values.All(shown => shown), checks, null);
    }

    private static EvidenceComparison Compare(EvidenceAnswer ours, EvidenceAnswer theirs) => new((Math.Sign(ours.Score!.Value - theirs.Score!.Value) + 1) / 2.0, true, null);
}
