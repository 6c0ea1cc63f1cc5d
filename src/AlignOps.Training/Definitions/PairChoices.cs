using AlignOps.Training.Objectives.Preference;

namespace AlignOps.Training.Definitions;

/// <summary>The choices of pairs by their names in pipeline.yaml.</summary>
internal static class PairChoices
{
    public const string BestWorst = "best-worst";

    public const string All = "all";

    public static readonly IReadOnlyList<string> Names = [BestWorst, All];

    public static PairChoice Find(string name) => name == All ? PairChoice.All : PairChoice.BestWorst;
}
