using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.HeldOut;

/// <summary>
/// Compares two models on feedback that neither was trained on: a pair is won where the candidate, more than the other model, finds the liked answer likelier than the
/// disliked one (the implicit preference of DPO, arXiv 2305.18290, a token; for thumbs one comparison of an AUC). Equal models tie; under labels without meaning a win is
/// as likely as a loss. The feedback itself is the judge, so this cannot tell good feedback from bad.
/// </summary>
internal static class HeldOutEvidence
{
    private const double TieWithin = 1e-6;
    private const string Rules = "held-out feedback 1\nmean log-probability a token, liked minus disliked, candidate minus other, tie within 1e-6";

    /// <param name="digest">Of the held-out rows.</param>
    public static EvidenceSuite Suite(string digest, int pairs) => new(
        EvidenceSuite.HeldOutFeedback, SuiteRole.Preference, digest, pairs, 1, 0, 1, 0, EvidenceSuite.HeldOutFeedback, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rules))));

    /// <param name="anchor">Null where the anchor is the champion.</param>
    public static EvidenceItem Item(HeldOutPair pair, PairScore candidate, PairScore champion, PairScore? anchor)
    {
        var versusChampion = Compare(candidate, champion);
        return new EvidenceItem(
            EvidenceSuite.HeldOutFeedback, pair.Id, 0, "held-out", pair.Cluster, pair.Question, Answer(pair, candidate), Answer(pair, champion), anchor is null ? null : Answer(pair, anchor),
            versusChampion, anchor is null ? versusChampion : Compare(candidate, anchor));
    }

    private static EvidenceComparison Compare(PairScore candidate, PairScore other)
    {
        if ((candidate.Unscored ?? other.Unscored) is { } reason) return new(null, Consistent: true, reason);
        var gain = candidate.Margin - other.Margin;
        return double.IsFinite(gain)
            ? new(Math.Abs(gain) <= TieWithin ? 0.5 : gain > 0 ? 1 : 0, Consistent: true, null)
            : new(null, Consistent: true, "A log-probability is not a number.");
    }

    /// <summary>No answer was drawn; what stands in its place says what was compared.</summary>
    private static EvidenceAnswer Answer(HeldOutPair pair, PairScore score)
    {
        var figures = pair.Disliked is null
            ? string.Create(CultureInfo.InvariantCulture, $"log-probability a token of the answer to imitate: {score.Liked:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"log-probability a token: liked {score.Liked:0.000}, disliked {score.Disliked:0.000}");
        return new EvidenceAnswer(score.Unscored is null ? figures : "", false, null, false, new SortedDictionary<string, bool>(StringComparer.Ordinal), score.Unscored ?? "No answer was drawn: the models are compared by what they find likely.");
    }
}
