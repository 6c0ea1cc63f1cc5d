namespace AlignOps.WebConsole.Reading;

/// <summary>What pages show of a gate's record, whose file is a blob named by <c>promotion_v_gates</c>.</summary>
public sealed record GateRecord(
    string Decision,
    string Code,
    string Reason,
    double WinRate,
    double Lower,
    double Upper,
    int Items,
    int Wins,
    int Ties,
    int Losses,
    int Comparisons,
    int Unscored,
    int Inconsistent,
    string? WorstSlice,
    string DefinitionDigest,
    string DatasetDigest,
    string EvidenceDigest,
    long? Seed,
    IReadOnlyList<string> Judges,
    IReadOnlyList<string> BatchIds,
    GateRecord.Levels Policy,
    IReadOnlyList<GateRecord.Rule> Rules,
    IReadOnlyList<GateRecord.Slice> Slices,
    IReadOnlyList<GateRecord.Report>? Reports = null)
{
    /// <summary>The levels of the gate's proofs.</summary>
    public sealed record Levels(double Alpha, double GuardAlpha, int MinItems);

    /// <param name="LogEvidence">ln of the e-value.</param>
    public sealed record Rule(
        string Name, string Kind, string Verdict, string Metric, double? Observed, double? Bound, int N, double? LogEvidence, double? LogEvidenceBound, int? DecidedAfter, string Sentence);

    /// <param name="Advantage">Candidate over champion in [−1, 1].</param>
    /// <param name="Standing"><c>worse</c>, <c>not-worse</c> or <c>inconclusive</c>; null in records from before it was told.</param>
    public sealed record Slice(string Kind, string Name, double Advantage, double Bound, int N, double LogEvidence, string Verdict, string? Standing = null);

    /// <summary>What a judge said that does not decide.</summary>
    public sealed record Report(string Judge, string JudgeDigest, string Sentence);
}
