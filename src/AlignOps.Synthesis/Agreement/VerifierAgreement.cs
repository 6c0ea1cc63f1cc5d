using System.Globalization;
using AlignOps.Data.Feedback;
using AlignOps.Rewards;

namespace AlignOps.Synthesis.Agreement;

/// <summary>
/// How often a verifier orders two answers as people did, over pairs that both order strictly. A row counts once, with the share of its pairs: pairs of
/// one ranking are not independent evidence.
/// </summary>
/// <param name="Rows">Rows with at least one such pair.</param>
/// <param name="Pairs">Such pairs.</param>
/// <param name="Share">Mean over rows of the share of agreeing pairs; 0 without rows.</param>
/// <param name="LowerBound">One-sided 95 % Wilson bound of the share; conservative, as a row's share varies no more than a coin.</param>
internal sealed record VerifierAgreement(int Rows, int Pairs, double Share, double LowerBound)
{
    private const double OneSided95 = 1.6448536269514722;

    public static VerifierAgreement Of(IVerifier verifier, IEnumerable<FeedbackRow> rows)
    {
        int counted = 0, pairs = 0;
        double shares = 0;
        foreach (FeedbackRow row in rows.Where(r => r.Kind is FeedbackKind.Preference or FeedbackKind.Ranking))
        {
            (int agreeing, int opinions) = Compare(verifier, row);
            if (opinions > 0)
            {
                counted++;
                pairs += opinions;
                shares += (double)agreeing / opinions;
            }
        }

        return counted == 0 ? new VerifierAgreement(0, 0, 0, 0) : new VerifierAgreement(counted, pairs, shares / counted, Wilson(shares / counted, counted));
    }

    public override string ToString() => Rows == 0
        ? "the verifier has no strict opinion on any pair of the feedback"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the verifier agrees with the feedback on {Share:P1} of {Pairs} pairs in {Rows} rows (95 % lower bound {LowerBound:P1})");

    private static (int Agreeing, int Opinions) Compare(IVerifier verifier, FeedbackRow row)
    {
        double?[] verified = [.. row.Candidates.Select(c => verifier.Verify(row.Prompt, c.Text).Score)];
        int agreeing = 0, opinions = 0;
        for (int worse = 0; worse < verified.Length; worse++)
        {
            for (int better = 0; better < verified.Length; better++)
            {
                // A score that is missing compares as false on either side.
                if (row.Candidates[worse].Score < row.Candidates[better].Score && (verified[worse] < verified[better] || verified[worse] > verified[better]))
                {
                    opinions++;
                    agreeing += verified[worse] < verified[better] ? 1 : 0;
                }
            }
        }

        return (agreeing, opinions);
    }

    /// <summary>Wilson's score interval (1927) for a mean of values in [0, 1].</summary>
    private static double Wilson(double share, int count)
    {
        double square = OneSided95 * OneSided95;
        double centre = share + square / (2 * count);
        double half = OneSided95 * Math.Sqrt(share * (1 - share) / count + square / (4.0 * count * count));
        return (centre - half) / (1 + square / count);
    }
}
