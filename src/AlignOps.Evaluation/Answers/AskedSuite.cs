using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Evaluation.Suites.Kinds;

namespace AlignOps.Evaluation.Answers;

/// <summary>A suite with its items, how they are asked, and who scores and compares the answers.</summary>
/// <param name="Digest">SHA-256 of all that the questions are made of: the same exam or not.</param>
/// <param name="Judge">Compares two answers; null where the scores do.</param>
internal sealed record AskedSuite(SuiteSection Section, string Digest, IReadOnlyList<SuiteItem> Items, ISuiteAsking Asking, ISuiteScoring Scoring, IJudge? Judge, double Temperature, double TopP, int MaxNewTokens)
{
    public EvidenceSuite Evidence => new(
        Section.Name, Section.Role, Digest, Items.Count, Section.Samples, Temperature, TopP, MaxNewTokens, Judge?.Name ?? Scoring.Name, Judge?.Digest ?? Scoring.Digest)
    {
        Kind = Section.Kind == SuiteKind.Open ? null : Section.Kind.Name(),
        Guards = Scoring.Guards,
    };
}
