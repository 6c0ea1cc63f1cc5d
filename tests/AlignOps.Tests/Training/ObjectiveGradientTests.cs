using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

public sealed class ObjectiveGradientTests
{
    private const int Cases = 200;

    public static TheoryData<string> Objectives => [.. All.Keys];

    private static readonly Dictionary<string, IObjective> All = new()
    {
        ["sft"] = new SftObjective(),
        ["sft above a score"] = new SftObjective(minScore: 2),
        ["rrhf of the paper"] = new RrhfObjective(new RrhfOptions()),
        ["rrhf of the paper by tokens"] = new RrhfObjective(new RrhfOptions(RankWeight: 3, LengthPenalty: 0.7, SftNormalisation: RrhfNormalisation.Tokens)),
        ["rrhf of the paper above a score"] = new RrhfObjective(new RrhfOptions(SftMinScore: 2)),
        ["rrhf of the reference"] = new RrhfObjective(new RrhfOptions(RrhfSemantics.Reference, RankWeight: 2, LengthPenalty: 1.2)),
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Loss_RandomSteps_GradientEqualsFiniteDifferences(string name)
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            (StepPlan plan, ScoredSequence[] scored) = Step(All[name], seed);
            IReadOnlyList<double[]> gradients = All[name].Loss(plan, scored).Gradients;
            for (int s = 0; s < scored.Length; s++)
            {
                for (int t = 0; t < scored[s].LogProbabilities.Length; t++)
                {
                    AssertClose(Difference(All[name], plan, scored, s, t), gradients[s][t], $"case {seed}, sequence {s}, token {t}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Loss_PartsOfAStep_AddUpToTheWhole(string name)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (StepPlan plan, ScoredSequence[] scored) = Step(All[name], seed);
            LossResult whole = All[name].Loss(plan, scored);

            LossResult[] parts = [.. scored.GroupBy(s => s.Planned.Example).Select(part => All[name].Loss(plan, [.. part]))];

            AssertClose(whole.Loss, parts.Sum(p => p.Loss), $"case {seed}");
            Assert.Equal(whole.Gradients.SelectMany(g => g), parts.SelectMany(p => p.Gradients).SelectMany(g => g));
        }
    }

    private static (StepPlan Plan, ScoredSequence[] Scored) Step(IObjective objective, int seed)
    {
        TrainingExample[] examples = [.. ExampleMaker.Rankings(seed, 3), .. ExampleMaker.Demonstrations(seed, 1)];
        StepPlan plan = objective.Plan(examples);
        return (plan, ExampleMaker.Score(plan, seed));
    }

    private static double Difference(IObjective objective, StepPlan plan, ScoredSequence[] scored, int sequence, int token)
    {
        // The losses are piecewise linear, so a small step is exact up to rounding unless it crosses a kink.
        const double Width = 1e-6;
        double At(double shift)
        {
            ScoredSequence[] moved = [.. scored];
            double[] values = [.. scored[sequence].LogProbabilities];
            values[token] += shift;
            moved[sequence] = scored[sequence] with { LogProbabilities = values };
            return objective.Loss(plan, moved).Loss;
        }

        return (At(Width) - At(-Width)) / (2 * Width);
    }

    private static void AssertClose(double expected, double actual, string where) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(1e-2, Math.Abs(expected)), $"{where}: expected {expected:R}, got {actual:R}");
}
