using AlignOps.Statistics.Agreement;

namespace AlignOps.Evaluation.Qualification;

/// <summary>How far the judge agrees with one person, and how far that person does with the others' majority: nobody can ask more of a judge than people show.</summary>
/// <param name="Person">0-based, in the order of the labelled set.</param>
/// <param name="WithOthers">Null where there is no other person.</param>
internal sealed record PersonAgreement(int Person, AgreementReport WithJudge, AgreementReport? WithOthers);
