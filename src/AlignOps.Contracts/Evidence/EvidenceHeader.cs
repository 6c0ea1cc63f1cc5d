using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>The first line of an evidence file: who was compared, on what, by whom. It holds no time and no machine, so equal evaluations have equal digests.</summary>
/// <param name="Seed">The run's seed: it shuffled the items and seeded every draw.</param>
/// <param name="Reports">What judges say; no rule reads it. Null where the definition has none.</param>
/// <param name="Judges">How the definition's judges stood; null where it has none.</param>
public sealed record EvidenceHeader(
    int Version,
    string RunId,
    string Pipeline,
    string DefinitionDigest,
    ModelRef Candidate,
    ModelRef Champion,
    ModelRef Anchor,
    long Seed,
    IReadOnlyList<EvidenceSuite> Suites,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JudgeReport>? Reports = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EvidenceJudge>? Judges = null)
{
    public const int CurrentVersion = 1;

    /// <summary>Null where no baseline was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceBaseline? Baseline { get; init; }

    /// <summary>Null until people have been asked and have answered or had their time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceRound? People { get; init; }

    /// <summary>Suites whose comparisons come from a judge that may not decide.</summary>
    public IReadOnlySet<string> ReportOnlySuites => (Judges ?? []).Where(judge => judge.IsReportOnly).SelectMany(judge => judge.Suites).ToHashSet(StringComparer.Ordinal);
}
