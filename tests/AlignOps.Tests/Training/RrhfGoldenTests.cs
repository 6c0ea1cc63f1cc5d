using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

/// <summary>Vectors computed apart from any trainer: s = (−12, −30, −18, −8), lengths (6, 10, 12, 8), scores (3, 1, 2, 0).</summary>
public sealed class RrhfGoldenTests
{
    private static readonly double[] Sums = [-12, -30, -18, -8];
    private static readonly int[] Lengths = [6, 10, 12, 8];
    private static readonly double[] Scores = [3, 1, 2, 0];

    [Theory]
    [InlineData(RrhfSemantics.Paper, 4.0, new[] { -0.333333333, -0.1, 0.0, 0.375 })]
    [InlineData(RrhfSemantics.Reference, 1.8, new[] { -0.05, -0.05, -0.05, 0.15 })]
    public void Loss_RankingTermOfTheGoldenList_EqualsTheVector(RrhfSemantics semantics, double loss, double[] slopes)
    {
        LossResult result = Loss(new RrhfOptions(semantics, SftMinScore: 100));

        Assert.Equal(loss, result.Loss, 9);
        AssertSlopes(slopes, result);
    }

    [Theory]
    [InlineData(RrhfSemantics.Paper, RrhfNormalisation.Sum, 4.0 + 12, 1.0)]
    [InlineData(RrhfSemantics.Paper, RrhfNormalisation.Tokens, 4.0 + 2, 1.0 / 6)]
    [InlineData(RrhfSemantics.Reference, RrhfNormalisation.Sum, 1.8 + 0.6, 1.0 / 20)]
    public void Loss_WithTheImitationTerm_AddsTheBestAnswersShare(RrhfSemantics semantics, RrhfNormalisation normalisation, double loss, double share)
    {
        double withoutIt = Loss(new RrhfOptions(semantics, SftMinScore: 100)).Gradients[0][0];

        LossResult result = Loss(new RrhfOptions(semantics, SftNormalisation: normalisation));

        Assert.Equal(loss, result.Loss, 9);
        Assert.Equal(withoutIt - share, result.Gradients[0][0], 9);
    }

    [Theory]
    [InlineData(3.0, 16.0)]
    [InlineData(3.1, 4.0)]
    public void Loss_SftMinScore_ImitatesOnlyABestAnswerThatReachesIt(double minScore, double loss) =>
        Assert.Equal(loss, Loss(new RrhfOptions(SftMinScore: minScore)).Loss, 9);

    [Fact]
    public void Loss_RankWeight_ScalesTheRankingTermAlone() => Assert.Equal(2.5 * 4 + 12, Loss(new RrhfOptions(RankWeight: 2.5)).Loss, 9);

    [Fact]
    public void Loss_LengthPenaltyZero_RanksTheSums() =>
        Assert.Equal(20 * 1.8, Loss(new RrhfOptions(LengthPenalty: 0, SftMinScore: 100)).Loss, 9);

    private static LossResult Loss(RrhfOptions options)
    {
        // The longest answer has 12 tokens: eight of prompt make the reference's padded length 20.
        var example = new TrainingExample(
            "golden", [.. Enumerable.Repeat(1, 8)], [.. Lengths.Select((length, i) => new TrainingCandidate([.. Enumerable.Repeat(2, length)], Scores[i]))]);
        var objective = new RrhfObjective(options);
        StepPlan plan = objective.Plan([example]);
        return objective.Loss(plan, [.. plan.Sequences.Select((p, i) => new ScoredSequence(p, [.. Enumerable.Repeat(Sums[i] / Lengths[i], Lengths[i])]))]);
    }

    private static void AssertSlopes(double[] expected, LossResult result)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(Lengths[i], result.Gradients[i].Length);
            Assert.All(result.Gradients[i], g => Assert.Equal(expected[i], g, 8));
        }
    }
}
