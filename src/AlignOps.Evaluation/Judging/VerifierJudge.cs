using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Suites;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Judging;

/// <summary>Prefers the answer to which a verifier gives the higher score; closer than 1e-9 is a tie. Qualifies by construction: it has no places and no moods.</summary>
internal sealed class VerifierJudge(IVerifier verifier) : IJudge
{
    private const double TieWithin = 1e-9;

    public string Name => verifier.Name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"verifier judge 1\n{verifier.Name}\n{verifier.Digest}\nscore difference, tie within 1e-9")));

    public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var (one, other) = (Verify(item, first), Verify(item, second));
        return Task.FromResult((one.Score, other.Score) switch
        {
            (null, _) => JudgeVerdict.Unscored(one.UnscoredReason ?? "The verifier gave no score."),
            (_, null) => JudgeVerdict.Unscored(other.UnscoredReason ?? "The verifier gave no score."),
            ({ } a, { } b) when !double.IsFinite(a - b) => JudgeVerdict.Unscored("The verifier's score is not a number."),
            var (a, b) => JudgeVerdict.Of(new ScoredPair(a.Value, b.Value, TieWithin)),
        });
    }

    private Verification Verify(SuiteItem item, JudgedAnswer answer) => verifier.Verify(item.Conversation(answer.Earlier), answer.Text, item.Expect);
}
