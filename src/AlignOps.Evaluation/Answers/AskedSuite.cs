using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Answers;

/// <summary>A suite with its items, its verifier, and how its answers are drawn.</summary>
internal sealed record AskedSuite(SuiteSection Section, SuiteReading Reading, IVerifier Verifier, IJudge Judge, double Temperature, double TopP, int MaxNewTokens)
{
    public EvidenceSuite Evidence => new(
        Section.Name, Section.Role, Reading.Digest, Reading.Items.Count, Section.Samples, Temperature, TopP, MaxNewTokens, Judge.Name, Judge.Digest);
}
