using System.Globalization;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Benchmarks.Proofs.People;

/// <summary>
/// Evidence whose truth is known: people prefer the candidate in 40 % of the pairs. The judge contradicts itself on 30 %, and where it is sure it also prefers the candidate in half of
/// those that people would give to the champion.
/// </summary>
internal sealed class PlantedRun
{
    public const double Truth = 0.4;
    private const double Undecided = 0.3;

    private readonly HashSet<string> _better = new(StringComparer.Ordinal);

    public PlantedRun(int seed, int pairs)
    {
        var random = new Random(seed);
        Evidence = new EvidenceFile(
            new EvidenceHeader(1, RunId(seed), "planted", new string('d', 64), Candidate, Champion, Champion, seed, [new EvidenceSuite("planted", SuiteRole.Preference, "d", pairs, 1, 1, 1, 16, "wordy", "j")]),
            [.. Enumerable.Range(0, pairs).Select(i => Item(random, seed, i))]);
    }

    public static ModelRef Candidate { get; } = new(new string('b', 64), "ca5d1da7e" + new string('0', 55));

    public static ModelRef Champion { get; } = new(new string('b', 64), "c4a3b105e" + new string('0', 55));

    public EvidenceFile Evidence { get; }

    public static string RunId(int seed) => string.Create(CultureInfo.InvariantCulture, $"r-planted-{seed}");

    /// <summary>People would say that it is the better one of its pair.</summary>
    public bool IsBetter(string answer) => _better.Contains(answer);

    private EvidenceItem Item(Random random, int seed, int i)
    {
        var wins = random.NextDouble() < Truth;
        var sure = random.NextDouble() >= Undecided;
        var judged = !sure ? new EvidenceComparison(0.5, false, null) : new EvidenceComparison(wins || random.NextDouble() < 0.5 ? 1 : 0, true, null);
        string[] texts = [.. Enumerable.Range(0, 2).Select(_ => string.Create(CultureInfo.InvariantCulture, $"answer {random.NextInt64():x}"))];
        _better.Add(texts[wins ? 0 : 1]);
        return new EvidenceItem("planted", $"i{i}", 0, "all", null, string.Create(CultureInfo.InvariantCulture, $"Question {seed}-{i}?"), Answer(texts[0]), Answer(texts[1]), null, judged, judged);
    }

    private static EvidenceAnswer Answer(string text) => new(text, false, 1, true, new Dictionary<string, bool>(), null);
}
