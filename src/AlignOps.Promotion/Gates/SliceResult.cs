using AlignOps.Statistics.Slices;

namespace AlignOps.Promotion.Gates;

/// <summary>A part of the evidence, tested for harm.</summary>
/// <param name="Kind"><c>slice</c>: items of one slice, by win rate; <c>behaviour</c>: one check of the verifier over all items that have it;
/// <c>suite</c> and <c>suite slice</c>: a regression suite, or a slice of a benchmark among them, by score; <c>language</c>: items in one, by win rate.</param>
/// <param name="Advantage">Candidate over champion in [−1, 1]: win rate less loss rate, the difference of the rates that show the behaviour, or of the mean scores.</param>
/// <param name="Bound">The advantage below which harm would be proven.</param>
/// <param name="LogEvidence">ln of the final e-value against "not worse than the bound".</param>
/// <param name="Verdict">Fail where the harm is proven; undecided where there are fewer units than the gate decides on.</param>
public sealed record SliceResult(string Kind, string Name, double Advantage, double Bound, int N, double LogEvidence, RuleVerdict Verdict)
{
    internal const string OfItems = "slice";
    internal const string OfLanguage = "language";
    internal const string OfSuite = "suite";
    internal const string OfSuiteSlice = "suite slice";

    /// <summary>What the evidence says of it, either way. Only harm decides.</summary>
    public SliceStanding Standing { get; init; }

    /// <summary>Lower end of the advantage's 95 % interval over resampled units, for readers; null where none was made.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end.</summary>
    public double? Upper { get; init; }

    public string Label => $"{Kind} {Name}";
}
