using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>A row of the evidence with its question, for a judge that reports.</summary>
/// <param name="Unanswered">One of the models could not be asked, so there is nothing to compare.</param>
internal sealed record PairToJudge(SuiteItem Item, EvidenceItem Evidence, bool Unanswered);
