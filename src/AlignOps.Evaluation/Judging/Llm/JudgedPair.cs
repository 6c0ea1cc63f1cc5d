using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>A line of a report's details: a pair as judged in both orders. Orders are null where the answers are equal, which is a tie that nobody needs to be asked about.</summary>
internal sealed record JudgedPair(string Suite, string Id, int Sample, string Slice, string Unit, EvidenceComparison Comparison, JudgedOrder? CandidateFirst, JudgedOrder? ChampionFirst);
