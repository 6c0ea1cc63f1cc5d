using AlignOps.Data.Feedback;
using AlignOps.Models.Sampling;
using AlignOps.Synthesis.Agreement;

namespace AlignOps.Tests.Synthesis;

public sealed class VerifierAgreementTests
{
    [Fact]
    public void Of_PairsWithoutAStrictOpinionOnBothSides_DoNotCount()
    {
        VerifierAgreement agreement = VerifierAgreement.Of(
            new WordVerifier(),
            [
                SynthesisRows.Ranking(1, ("kind", 1), ("rude", 0)),
                SynthesisRows.Ranking(2, ("kind", 0.5), ("rude", 0.5)),
                SynthesisRows.Ranking(3, ("kind", 1), ("kind kind", 0)),
                SynthesisRows.Ranking(4, ("fine weather", 1), ("rude", 0)),
                SynthesisRows.Demonstration(5),
            ]);

        Assert.Equal((1, 1, 1.0), (agreement.Rows, agreement.Pairs, agreement.Share));
    }

    [Fact]
    public void Of_Ranking_CountsOnceWithTheShareOfItsPairs()
    {
        VerifierAgreement agreement = VerifierAgreement.Of(new WordVerifier(), [SynthesisRows.Ranking(1, ("kind", 3), ("rude", 2), ("kind rude", 1))]);

        Assert.Equal((1, 3), (agreement.Rows, agreement.Pairs));
        Assert.Equal(2.0 / 3, agreement.Share, 12);
    }

    [Theory]
    [InlineData(8, 8, 0.7473)]
    [InlineData(60, 100, 0.5178)]
    public void LowerBound_Counts_IsWilsonsOneSidedBound(int agreeing, int rows, double bound)
    {
        VerifierAgreement agreement = VerifierAgreement.Of(
            new WordVerifier(),
            Enumerable.Range(0, rows).Select(i => SynthesisRows.Ranking(i, ("kind", i < agreeing ? 1 : 0), ("rude", i < agreeing ? 0 : 1))));

        Assert.Equal(bound, agreement.LowerBound, 3);
    }

    [Fact]
    public void LowerBound_RandomFeedback_StaysBelowWhatSynthesisAsksFor()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new RandomStream(seed);
            VerifierAgreement agreement = VerifierAgreement.Of(
                new WordVerifier(),
                Enumerable.Range(0, 40).Select(i => SynthesisRows.Ranking(i, ("kind", random.NextDouble()), ("rude", random.NextDouble()), ("kind rude", random.NextDouble()))));

            Assert.InRange(agreement.LowerBound, 0.1, 0.6);
        }
    }

    [Fact]
    public void LowerBound_NoPairs_IsZero() =>
        Assert.Equal(0, VerifierAgreement.Of(new WordVerifier(), [SynthesisRows.Demonstration(1)]).LowerBound);
}
