using AlignOps.Statistics.Slices;

namespace AlignOps.Evaluation.Regression;

/// <summary>A suite, a slice of it, or a behaviour, in which the candidate was compared with another model.</summary>
/// <param name="Opponent"><c>champion</c>, <c>anchor</c> or <c>baseline</c>.</param>
/// <param name="Kind"><c>suite</c>, <c>slice</c>, <c>language</c> or <c>behaviour</c>.</param>
/// <param name="Suite">Empty for a language or behaviour, which is counted over all suites that have it.</param>
/// <param name="Name">Of the slice or behaviour; a suite's own name for the whole of it.</param>
/// <param name="Units">Independent sources.</param>
/// <param name="Advantage">Candidate over opponent in [−1, 1].</param>
public sealed record ComparedPart(string Opponent, string Kind, string Suite, string Name, int Units, double Advantage, SliceStanding Standing)
{
    public const string OfSuite = "suite";
    public const string OfSlice = "slice";
    public const string OfLanguage = "language";
    public const string OfBehaviour = "behaviour";
    public const string Champion = "champion";
    public const string Anchor = "anchor";
    public const string Baseline = "baseline";

    public bool Regressed => Standing == SliceStanding.Worse;

    public string Label => Kind == OfSlice ? $"slice {Suite}/{Name}" : $"{Kind} {Name}";
}
