using System.Diagnostics;
using System.Globalization;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>
/// Whole optimizer steps of DPO and RRHF over prompts of 256 tokens with four answers of 64, where the answers run their prompt once, and where each runs it for itself.
/// Gradients are equal as sums in another order are: what the answers ask of a prompt's rows is added before those rows' products instead of after.
/// </summary>
internal static class PrefixFigures
{
    private const int Prompts = 4;
    private const int PromptTokens = 256;
    private const int Answers = 4;
    private const int AnswerTokens = 64;
    private const int Turns = 12;

    public static IReadOnlyList<Figure> Measure(CancellationToken cancellationToken) =>
        [.. Of("dpo", new TrainingSection { Method = "dpo", Dpo = new DpoSection { Pairs = "all" } }, cancellationToken), .. Of("rrhf", new TrainingSection { Method = "rrhf" }, cancellationToken)];

    private static Figure[] Of(string name, TrainingSection section, CancellationToken cancellationToken)
    {
        TrainingExample[] examples = Draw(seed: 5);
        IObjective objective = TrainingMethods.Find(name)!.Create(section).Over(examples);
        StepPlan plan = objective.Plan(examples);
        using ITrainablePolicy policy = new CpuPolicyEngine().Create(DecoderShapes.OneMillion, seed: 1);
        double[] references = [.. policy.Score([.. plan.Sequences.Select(s => s.Sequence)]).Select(scores => scores.Sum(s => (double)s) - 1)];
        PassOptions shared = new(), apart = new() { SharesPrefixes = false };
        float[] one = Gradient(policy, objective, plan, references, shared), other = Gradient(policy, objective, plan, references, apart);
        double difference = Math.Sqrt(one.Zip(other).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)) / other.Sum(g => (double)g * g));
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions(), policy.Share);
        List<double> with = [], without = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            with.Add(Step(policy, objective, plan, references, shared, optimizer, (2 * turn) + 1));
            without.Add(Step(policy, objective, plan, references, apart, optimizer, (2 * turn) + 2));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"train.prefix, {name}: {Prompts} prompts of {PromptTokens} tokens, {plan.Sequences.Count} answers of {AnswerTokens}; {Median(with) * 1e3:0.0} ms a step with the prompt run once, {Median(without) * 1e3:0.0} ms without; |Δg|/|g| {difference:0.0e+0}"));
        return
        [
            new Figure($"train.prefix.speedup_{name}", Median(without) / Median(with), "times"),
            new Figure($"train.prefix.gradient_difference_{name}", difference, "of the gradient's norm"),
        ];
    }

    private static double Step(ITrainablePolicy policy, IObjective objective, StepPlan plan, double[] references, PassOptions options, AdamW optimizer, int step)
    {
        long started = Stopwatch.GetTimestamp();
        Pass(policy, objective, plan, references, options);
        optimizer.Step(step, 1e-4, GradientNorm.ClipScale(optimizer.Norm(), 1), clears: true);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static float[] Gradient(ITrainablePolicy policy, IObjective objective, StepPlan plan, double[] references, PassOptions options)
    {
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            parameter.Gradient.Span.Clear();
        }

        Pass(policy, objective, plan, references, options);
        float[] gradient = [.. policy.Parameters.SelectMany(p => p.Gradient.ToArray())];
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            parameter.Gradient.Span.Clear();
        }

        return gradient;
    }

    private static void Pass(ITrainablePolicy policy, IObjective objective, StepPlan plan, double[] references, PassOptions options)
    {
        PlannedSequence[] planned = [.. plan.Sequences];
        using IForwardPass pass = policy.Forward([.. planned.Select(p => p.Sequence)], options);
        LossResult result = objective.Loss(plan, ScoredPart.Read(planned, pass, objective.NeedsReference ? references : null));
        pass.Backward(ScoredPart.Narrow(result.Gradients));
    }

    private static TrainingExample[] Draw(long seed)
    {
        var random = new RandomStream(seed);
        int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextInt(DecoderShapes.OneMillion.VocabSize - 1))];
        return
        [
            .. Enumerable.Range(0, Prompts).Select(i => new TrainingExample(
                $"row-{i}", Tokens(PromptTokens), [.. Enumerable.Range(0, Answers).Select(a => new TrainingCandidate(Tokens(AnswerTokens), Answers - a))])),
        ];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
