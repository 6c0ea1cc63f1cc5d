using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Objectives.Preference;

namespace AlignOps.Tests.Training.Methods;

/// <summary>Vectors computed apart from any trainer: s_w = −20, s_l = −30, references −22 and −27, T_w = 10, T_l = 12, β = 0.1, so that Δ = 5.</summary>
public sealed class PairGoldenTests
{
    private static readonly PairSide Chosen = new(-20, -22, 10);
    private static readonly PairSide Rejected = new(-30, -27, 12);

    private static readonly Dictionary<string, PairLoss> Losses = new()
    {
        ["dpo"] = new SigmoidLoss(0.1),
        ["cdpo"] = new SigmoidLoss(0.1, Smoothing: 0.1),
        ["robust"] = new RobustLoss(0.1, 0.1),
        ["hinge"] = new HingeLoss(0.1),
        ["ipo"] = new IpoLoss(0.1, ByTokens: true),
        ["ipo summed"] = new IpoLoss(0.2, ByTokens: false),
        ["norm"] = new SigmoidLoss(5, ByTokens: true),
        ["apo-zero"] = new ApoZeroLoss(0.1),
        ["bco"] = new BcoLoss(0.1),
        ["sppo"] = new SppoLoss(0.1),
        ["slic"] = new SlicLoss(12),
        ["simpo"] = new SimpoLoss(2, 0.5),
        ["orpo"] = new OddsRatioLoss(0.1),
    };

    [Theory]
    [InlineData("dpo", 0.474076984, -0.037754067, 0.037754067)]
    [InlineData("cdpo", 0.524076984, -0.027754067, 0.027754067)]
    [InlineData("robust", 0.411576984, -0.050254067, 0.050254067)]
    [InlineData("hinge", 0.5, -0.1, 0.1)]
    [InlineData("ipo", 20.7025, -0.91, 0.758333333)]
    [InlineData("ipo summed", 6.25, 5.0, -5.0)]
    [InlineData("norm", 0.100206559, -0.047674732, 0.039728944)]
    [InlineData("apo-zero", 0.875723486, -0.024751657, 0.024445831)]
    [InlineData("bco", 1.152494114, -0.045016600, 0.042555748)]
    [InlineData("sppo", 13.0, -6.0, 4.0)]
    [InlineData("slic", 2.0, -1.0, 1.0)]
    [InlineData("simpo", 0.474076984, -0.075508134, 0.062923445)]
    [InlineData("orpo", 0.045193160, -0.004205125, 0.003300980)]
    public void Of_GoldenPair_EqualsTheVector(string loss, double value, double chosen, double rejected)
    {
        PairTerm term = Losses[loss].Of(Chosen, Rejected);

        Assert.Equal(value, term.Loss, 9);
        Assert.Equal(chosen, term.ChosenSlope, 9);
        Assert.Equal(rejected, term.RejectedSlope, 9);
    }

    [Theory]
    [InlineData("rpo", 2.474076984, -0.137754067, 0.037754067)]
    [InlineData("orpo", 2.045193160, -0.104205125, 0.003300980)]
    [InlineData("slic", 2.0, -0.1, 0.0)]
    public void Loss_GoldenPairWithImitation_EqualsTheVector(string method, double value, double chosen, double rejected)
    {
        IObjective objective = MethodCases.Find(method).Method.Create(MethodCases.Section(method));
        StepPlan plan = objective.Plan([Example(2, (10, 1), (12, 0))]);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, -20, -22), Scored(plan, 1, -30, -27)]);

        Assert.Equal(value, result.Loss, 9);
        Assert.All(result.Gradients[0], g => Assert.Equal(chosen, g, 9));
        Assert.All(result.Gradients[1], g => Assert.Equal(rejected, g, 9));
    }

    /// <summary>Answers given out of order: s = (−12, −30, −18, −8), T = (6, 10, 12, 8), scores (3, 1, 2, 0).</summary>
    [Fact]
    public void Loss_GoldenListOfPro_EqualsTheVector()
    {
        var objective = new ProObjective(new ProOptions(ImitationWeight: 0));
        StepPlan plan = objective.Plan([Example(8, (6, 3), (10, 1), (12, 2), (8, 0))]);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, -12), Scored(plan, 1, -30), Scored(plan, 2, -18), Scored(plan, 3, -8)]);

        Assert.Equal(8.397787857, result.Loss, 8);
        Assert.Equal([-0.495539803, -0.065101473, -0.064427382, 0.321317947], result.Gradients.Select(g => Math.Round(g[0], 9)));
    }

    [Fact]
    public void Loss_ImitationOfPro_WeighsByTheSquareOfTheAnswersBesideTheBest()
    {
        double At(double weight)
        {
            var objective = new ProObjective(new ProOptions(weight));
            StepPlan plan = objective.Plan([Example(8, (6, 3), (10, 1), (12, 2), (8, 0))]);
            return objective.Loss(plan, [Scored(plan, 0, -12), Scored(plan, 1, -30), Scored(plan, 2, -18), Scored(plan, 3, -8)]).Loss;
        }

        Assert.Equal(0.05 * 9 * 12, At(0.05) - At(0), 9);
    }

    private static TrainingExample Example(int prompt, params (int Tokens, double Score)[] answers) =>
        new("golden", [.. Enumerable.Repeat(1, prompt)], [.. answers.Select(a => new TrainingCandidate([.. Enumerable.Repeat(2, a.Tokens)], a.Score))]);

    private static ScoredSequence Scored(StepPlan plan, int sequence, double sum, double reference = 0)
    {
        int length = plan.Sequences[sequence].Sequence.ScoredCount;
        return new ScoredSequence(plan.Sequences[sequence], [.. Enumerable.Repeat(sum / length, length)], reference);
    }
}
