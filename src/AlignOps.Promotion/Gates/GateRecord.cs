using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Promotion.Approvals;

namespace AlignOps.Promotion.Gates;

/// <summary>
/// A decision with all that it rests on, stored as canonical JSON under its digest. It holds no time: deciding the same evidence again gives the same bytes.
/// </summary>
/// <param name="Code">Stable reason code: <c>better</c>, the name of the alarm or of the first requirement that was not met, <c>champion-moved</c>, <c>approval</c> while people are asked, and <c>approved</c>, <c>rejected-by-person</c> or <c>approval-expired</c> afterwards.</param>
/// <param name="Reason">One sentence: metric, observation, bound, n.</param>
/// <param name="WinRate">Mean outcome against the champion over units; ties count half.</param>
/// <param name="Lower">Lower bound of the win rate that holds at every sample size with probability 1 − alpha.</param>
/// <param name="Upper">The upper bound, likewise.</param>
/// <param name="Items">Independent units that were bet on.</param>
/// <param name="Comparisons">Pairs judged, unscored ones included.</param>
/// <param name="Inconsistent">Pairs in which the two orders contradicted each other.</param>
/// <param name="SignTest">One-sided exact p-value of the wins among decided units, for readers who know it; it decides nothing.</param>
/// <param name="WorstSlice">The slice or behaviour with the lowest advantage.</param>
/// <param name="Approvals">What people said, with when and why; null where nobody was asked or nothing has ended yet.</param>
/// <param name="Reports">What judges said; null where there are none. It is copied here for readers, and no rule was given it.</param>
/// <param name="Budget">What was left of the pipeline's error budget; null where it has none.</param>
/// <param name="People">The win rate as people's labels correct it; null where people were not asked or said too little.</param>
/// <param name="Resampled">The win rate's bootstrap interval; null where the section asks for none.</param>
/// <param name="Standings">How the definition's judges stood: which may decide, and why the others may not.</param>
public sealed record GateRecord(
    int Version,
    string RunId,
    string Pipeline,
    GateDecision Decision,
    string Code,
    string Reason,
    double WinRate,
    double Lower,
    double Upper,
    double StandardError,
    int Items,
    int Wins,
    int Ties,
    int Losses,
    int Comparisons,
    int Unscored,
    int Inconsistent,
    double SignTest,
    string? WorstSlice,
    ModelRef Candidate,
    ModelRef Champion,
    ModelRef Anchor,
    string DefinitionDigest,
    string DatasetDigest,
    string EvidenceDigest,
    long? Seed,
    IReadOnlyList<string> Judges,
    IReadOnlyList<string> BatchIds,
    GateSection Policy,
    IReadOnlyList<RuleResult> Rules,
    IReadOnlyList<SliceResult> Slices,
    IReadOnlyList<ApprovalVote>? Approvals = null,
    IReadOnlyList<JudgeReport>? Reports = null,
    ResampledInterval? Resampled = null,
    SpentBudget? Budget = null,
    CorrectedWinRate? People = null,
    IReadOnlyList<EvidenceJudge>? Standings = null)
{
    public const int CurrentVersion = 1;
}
