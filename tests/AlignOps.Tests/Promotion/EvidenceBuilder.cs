using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Promotion;

/// <summary>Evidence of imagined models that show each behaviour with a given probability, drawn from a seed and scored as the share of behaviours shown.</summary>
internal sealed class EvidenceBuilder(int seed)
{
    public static readonly ModelRef Candidate = new("base00000000", "cand00000000");
    public static readonly ModelRef Champion = new("base00000000", "cham00000000");
    public static readonly ModelRef Anchor = new("base00000000", "anch00000000");

    private readonly Random _random = new(seed);
    private readonly List<EvidenceSuite> _suites = [];
    private readonly List<EvidenceItem> _items = [];

    /// <summary>Adds a preference suite. Each item of a slice is scored by that slice's behaviours.</summary>
    /// <param name="rate">Probability that a model ("candidate", "champion" or "anchor") shows a behaviour.</param>
    public EvidenceBuilder Preference(
        int itemsPerSlice, IReadOnlyDictionary<string, string[]> slices, Func<string, string, double> rate, double unscored = 0, int itemsPerCluster = 1, string name = "behaviour")
    {
        var number = 0;
        for (var i = 0; i < itemsPerSlice; i++)
        {
            foreach (var (slice, behaviours) in slices)
            {
                var answers = new[] { "candidate", "champion", "anchor" }.Select(model => Answer(behaviours, b => rate(model, b))).ToArray();
                var lost = _random.NextDouble() < unscored;
                _items.Add(new EvidenceItem(
                    name, $"i{number}", 0, slice, itemsPerCluster == 1 ? null : $"{slice}-{i / itemsPerCluster}", "?", answers[0], answers[1], answers[2],
                    lost ? Unscored : Compare(answers[0], answers[1]), lost ? Unscored : Compare(answers[0], answers[2])));
                number++;
            }
        }

        _suites.Add(new EvidenceSuite(name, SuiteRole.Preference, "d", number, 1, 0.7, 1, 64, "verifier", "j"));
        return this;
    }

    /// <summary>Adds a regression suite of one ability, passed with these probabilities.</summary>
    public EvidenceBuilder Regression(int items, double candidate, double champion, int samples = 4, string name = "abilities")
    {
        for (var i = 0; i < items; i++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                _items.Add(new EvidenceItem(name, $"r{i}", sample, "facts", null, "?", Answer(["able"], _ => candidate), Answer(["able"], _ => champion), null, null, null));
            }
        }

        _suites.Add(new EvidenceSuite(name, SuiteRole.Regression, "d", items, samples, 0.7, 1, 64, "verifier", "j"));
        return this;
    }

    public EvidenceFile Build() => new(new EvidenceHeader(1, "r-1", "assistant", "definition", Candidate, Champion, Anchor, 42, _suites), _items);

    public static GateContext Context(ModelRef? current = null, string? hold = null) =>
        new("r-1", "assistant", "definition", "dataset", "evidence0", Candidate, Champion, Anchor, ["b-1", "b-2"], current ?? Champion, hold);

    private static readonly EvidenceComparison Unscored = new(null, true, "The judge's verdict cannot be read.");

    private static EvidenceComparison Compare(EvidenceAnswer ours, EvidenceAnswer theirs) => new((Math.Sign(ours.Score!.Value - theirs.Score!.Value) + 1) / 2.0, true, null);

    private EvidenceAnswer Answer(IReadOnlyList<string> behaviours, Func<string, double> rate)
    {
        var checks = behaviours.ToDictionary(b => b, b => _random.NextDouble() < rate(b));
        return new EvidenceAnswer("…", false, checks.Values.Average(shown => shown ? 1.0 : 0.0), checks.Values.All(shown => shown), checks, null);
    }
}
