namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>
/// What an examination found, kept under the judge's digest. It holds measurements, not a verdict: each definition holds its own limits against them, so that other limits need no other examination.
/// </summary>
/// <param name="Pairs">Of the labelled set.</param>
/// <param name="Frozen">The pairs asked again, in the order in which runs take them.</param>
/// <param name="Tokens">What it cost, as <paramref name="Money"/>.</param>
internal sealed record Certificate(
    string ExaminationId,
    string Pipeline,
    int Pairs,
    QualificationReport Report,
    IReadOnlyList<AttackTally> Attacks,
    IReadOnlyList<FrozenPair> Frozen,
    long Tokens,
    decimal Money);
