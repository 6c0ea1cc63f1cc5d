using AlignOps.Models.Sampling;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Methods;

/// <summary>Of every method in the catalogue: its gradient is that of its loss, and the parts of a step add up to the step.</summary>
public sealed class MethodGradientTests
{
    private const int Cases = 200;
    private const double Relative = 1e-6;

    // From a width that gives many digits down to one that seldom crosses a kink.
    private static readonly double[] Widths = [1e-3, 1e-4, 1e-5, 1e-6];

    public static TheoryData<string> Labels => MethodCases.Labels;

    [Theory]
    [MemberData(nameof(Labels))]
    public void Loss_RandomSteps_GradientEqualsFiniteDifferences(string label)
    {
        MethodCase method = MethodCases.Find(label);
        for (int seed = 0; seed < Cases; seed++)
        {
            (IObjective objective, StepPlan plan, ScoredSequence[] scored) = method.Step(seed);
            LossResult result = objective.Loss(plan, scored);
            AssertShape(plan, scored, result, label, seed);
            Func<IReadOnlyList<ScoredSequence>, double> loss = MethodCases.Held.TryGetValue(method.Method.Name, out var held)
                ? held(plan, scored)
                : moved => objective.Loss(plan, moved).Loss;
            double largest = result.Gradients.SelectMany(g => g).Concat(result.ValueGradients ?? []).Max(Math.Abs);
            foreach ((string where, Direction direction) in Directions(scored, seed))
            {
                double actual = direction.Along(result);
                double[] differences = [.. Widths.Select(width => Difference(loss, scored, direction, width))];
                Assert.True(
                    differences.Any(d => Math.Abs(d - actual) <= Relative * Math.Max(Math.Abs(d), 1e-3 * largest)),
                    $"{label}, case {seed}, {where}: the gradient is {actual:R}, finite differences are {string.Join(", ", differences.Select(d => FormattableString.Invariant($"{d:R}")))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Loss_PartsOfAStep_AddUpToTheWhole(string label)
    {
        MethodCase method = MethodCases.Find(label);
        for (int seed = 0; seed < 20; seed++)
        {
            (IObjective objective, StepPlan plan, ScoredSequence[] scored) = method.Step(seed);
            if (plan.CouplesMicroBatches)
            {
                continue;
            }

            LossResult whole = objective.Loss(plan, scored);
            LossResult[] parts = [.. scored.GroupBy(s => s.Planned.Example).Select(part => objective.Loss(plan, [.. part]))];

            AssertClose(whole.Loss, parts.Sum(p => p.Loss));
            Assert.All(whole.Gradients.SelectMany(g => g).Zip(parts.SelectMany(p => p.Gradients).SelectMany(g => g)), pair => AssertClose(pair.First, pair.Second));
            Assert.All((whole.ValueGradients ?? []).Zip(parts.SelectMany(p => p.ValueGradients ?? [])), pair => AssertClose(pair.First, pair.Second));
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Plan_RandomSteps_KeepsAnExamplesSequencesSideBySide(string label)
    {
        (_, StepPlan plan, _) = MethodCases.Find(label).Step(3);

        int[] examples = [.. plan.Sequences.Select(s => s.Example)];

        Assert.Equal(examples.Distinct().Count(), 1 + examples.Zip(examples.Skip(1)).Count(pair => pair.First != pair.Second));
        Assert.Contains(plan.Sequences, s => s.Trains);
    }

    private static void AssertShape(StepPlan plan, ScoredSequence[] scored, LossResult result, string label, int seed)
    {
        Assert.True(double.IsFinite(result.Loss), $"{label}, case {seed}: loss {result.Loss}");
        Assert.Equal(scored.Select(s => s.LogProbabilities.Length), result.Gradients.Select(g => g.Length));
        Assert.All(result.Gradients.Where((_, i) => !plan.Sequences[i].Trains).SelectMany(g => g), g => Assert.Equal(0, g));
    }

    /// <summary>One token or value of each sequence that trains, and all of them at once in a random direction.</summary>
    private static IEnumerable<(string Where, Direction Direction)> Directions(ScoredSequence[] scored, long seed)
    {
        var random = new RandomStream(RandomStream.Derive(seed, 29));
        double[][] still = [.. scored.Select(s => new double[s.LogProbabilities.Length])];
        for (int i = 0; i < scored.Length; i++)
        {
            if (scored[i].Planned.Trains && still[i].Length > 0)
            {
                int token = random.NextInt(still[i].Length);
                double[][] one = [.. still.Select(s => (double[])s.Clone())];
                one[i][token] = 1;
                yield return ($"sequence {i}, token {token}", new Direction(one, new double[scored.Length]));
            }

            if (scored[i].Value is not null)
            {
                var one = new double[scored.Length];
                one[i] = 1;
                yield return ($"value {i}", new Direction(still, one));
            }
        }

        yield return (
            "all at once",
            new Direction(
                [.. scored.Select(s => s.LogProbabilities.Select(_ => s.Planned.Trains ? random.NextNormal() : 0).ToArray())],
                [.. scored.Select(s => s.Value is null ? 0 : random.NextNormal())]));
    }

    /// <summary>The derivative by four points, exact for polynomials of the fourth degree.</summary>
    private static double Difference(Func<IReadOnlyList<ScoredSequence>, double> loss, ScoredSequence[] scored, Direction direction, double width)
    {
        double At(double by) => loss(direction.Move(scored, by * width));
        return ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * width);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Max(1, Math.Abs(expected)));

    private sealed record Direction(double[][] Tokens, double[] Values)
    {
        public double Along(LossResult result) =>
            result.Gradients.Zip(Tokens, (gradient, tokens) => gradient.Zip(tokens, (g, t) => g * t).Sum()).Sum()
            + (result.ValueGradients ?? []).Zip(Values, (g, v) => g * v).Sum();

        public ScoredSequence[] Move(ScoredSequence[] scored, double by) =>
        [
            .. scored.Select((s, i) => s with
            {
                LogProbabilities = [.. s.LogProbabilities.Select((value, t) => value + (by * Tokens[i][t]))],
                Value = s.Value + (by * Values[i]),
            }),
        ];
    }
}
