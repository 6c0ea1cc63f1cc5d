using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Training.Optimization;

namespace AlignOps.Tests.Training;

public sealed class OptimizationTests
{
    [Fact]
    public void AdamW_ManySteps_FollowsThePapersAlgorithmInDoublePrecision()
    {
        var options = new AdamWOptions(0.9, 0.98, 1e-8, WeightDecay: 0.1);
        TrainableParameter[] parameters = [Parameter("matrix", 37, decays: true), Parameter("norm", 19, decays: false)];
        var random = new RandomStream(1);
        double[][] expected = [.. parameters.Select(p => Array.ConvertAll(p.Value.ToArray(), v => (double)v))];
        double[][] first = [.. expected.Select(e => new double[e.Length])];
        double[][] second = [.. expected.Select(e => new double[e.Length])];
        var optimizer = new AdamW(parameters, options);
        for (int step = 1; step <= 50; step++)
        {
            double rate = 0.01 / step;
            for (int p = 0; p < parameters.Length; p++)
            {
                Span<float> gradient = parameters[p].Gradient.Span;
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradient[i] = (float)random.NextNormal();
                    double g = 0.5 * gradient[i];
                    first[p][i] = 0.9 * first[p][i] + 0.1 * g;
                    second[p][i] = 0.98 * second[p][i] + 0.02 * g * g;
                    double move = first[p][i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(second[p][i] / (1 - Math.Pow(0.98, step))) + 1e-8);
                    expected[p][i] -= rate * (move + (parameters[p].Decays ? 0.1 * expected[p][i] : 0));
                }
            }

            optimizer.Step(step, rate, gradientScale: 0.5);
        }

        for (int p = 0; p < parameters.Length; p++)
        {
            for (int i = 0; i < expected[p].Length; i++)
            {
                Assert.Equal(expected[p][i], parameters[p].Value.Span[i], 1e-5);
            }
        }
    }

    [Fact]
    public void AdamW_TailOfAParameter_MovesAsItsWidePart()
    {
        TrainableParameter wide = Parameter("wide", 64, decays: true), shifted = Parameter("shifted", 61, decays: true);
        for (int i = 0; i < 61; i++)
        {
            shifted.Value.Span[i] = wide.Value.Span[i + 3];
            wide.Gradient.Span[i + 3] = shifted.Gradient.Span[i] = MathF.Sin(i);
        }

        var options = new AdamWOptions(WeightDecay: 0.01);
        new AdamW([wide], options).Step(1, 0.1, 1);
        new AdamW([shifted], options).Step(1, 0.1, 1);

        Assert.Equal(wide.Value[3..].ToArray(), shifted.Value.ToArray());
    }

    [Fact]
    public void GradientNorm_OfSeveralParameters_IsGlobal()
    {
        TrainableParameter[] parameters = [Parameter("a", 7, true), Parameter("b", 5, true)];
        parameters[0].Gradient.Span.Fill(2);
        parameters[1].Gradient.Span.Fill(-3);

        Assert.Equal(Math.Sqrt(7 * 4 + 5 * 9), GradientNorm.Of(parameters), 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void AdamW_SharedAmongWorkers_GivesTheBitsOfOne(int threads)
    {
        TrainableParameter[] alone = [Parameter("a", 40_001, true), Parameter("b", 7, false), Parameter("c", 16_384, true)];
        TrainableParameter[] shared = [Parameter("a", 40_001, true), Parameter("b", 7, false), Parameter("c", 16_384, true)];
        using ITrainablePolicy workers = new AlignOps.Models.Cpu.CpuPolicyEngine(threads).Create(Models.Conformance.TinyPolicies.Config("grouped-tied"), seed: 1);
        var options = new AdamWOptions(WeightDecay: 0.1);
        AdamW one = new(alone, options), many = new(shared, options, workers.Share);
        for (int step = 1; step <= 3; step++)
        {
            for (int p = 0; p < alone.Length; p++)
            {
                for (int i = 0; i < alone[p].Gradient.Length; i++)
                {
                    alone[p].Gradient.Span[i] = MathF.Sin(i * step);
                }

                alone[p].Gradient.CopyTo(shared[p].Gradient);
            }

            Assert.Equal(GradientNorm.Of(alone), many.Norm());
            one.Step(step, 0.1, 0.3);
            many.Step(step, 0.1, 0.3, clears: true);
            Assert.Equal(alone.SelectMany(p => p.Value.ToArray()), shared.SelectMany(p => p.Value.ToArray()));
            Assert.All(shared, p => Assert.Equal(-1, p.Gradient.Span.IndexOfAnyExcept(0f)));
        }
    }

    [Theory]
    [InlineData(4.0, 1.0, 0.25)]
    [InlineData(0.5, 1.0, 1.0)]
    [InlineData(4.0, 0.0, 1.0)]
    public void ClipScale_NormAndLimit_BringsTheNormToTheLimit(double norm, double limit, double scale) =>
        Assert.Equal(scale, GradientNorm.ClipScale(norm, limit), 5);

    [Theory]
    [InlineData(ScheduleKind.Constant, new[] { 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(ScheduleKind.Linear, new[] { 0.5, 1, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125 })]
    [InlineData(ScheduleKind.Cosine, new[] { 0.5, 1, 1, 0.96194, 0.853553, 0.691342, 0.5, 0.308658, 0.146447, 0.03806 })]
    public void Schedule_TenStepsAfifthOfWarmup_RisesAndFalls(ScheduleKind kind, double[] shares)
    {
        var schedule = new LearningRateSchedule(kind, 2.0, 10, 0.2);

        for (int step = 0; step < 10; step++)
        {
            Assert.Equal(2 * shares[step], schedule.At(step), 5);
        }
    }

    [Fact]
    public void Schedule_FinalShare_IsWhereTheCosineEnds() =>
        Assert.Equal(0.05, new LearningRateSchedule(ScheduleKind.Cosine, 1, 1000, 0.04, finalShare: 0.05).At(1000), 12);

    [Theory]
    [InlineData(0.04, 1000, 40)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.1, 117, 12)]
    [InlineData(0, 5, 0)]
    public void WarmupSteps_Ratio_IsRoundedUpButNotByRoundingNoise(double ratio, int total, int steps) =>
        Assert.Equal(steps, new LearningRateSchedule(ScheduleKind.Constant, 1, total, ratio).WarmupSteps);

    private static TrainableParameter Parameter(string name, int length, bool decays) =>
        new(name, [length], Enumerable.Range(0, length).Select(i => MathF.Cos(i)).ToArray(), new float[length], decays);
}
