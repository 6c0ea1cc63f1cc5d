using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Training.Batching;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.References;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>32 examples in one pass, in four passes of eight, and one by one: the same gradient, with dropout and without.</summary>
internal sealed class AccumulationProof : IProof
{
    private const int Examples = 32;
    private const double Allowed = 1e-6;

    private static readonly string[] Methods = ["sft", "rrhf", "dpo", "kto"];

    private static readonly PolicyConfig Shape = new()
    {
        VocabSize = 320, HiddenSize = 64, IntermediateSize = 128, LayerCount = 3, HeadCount = 4, KeyValueHeadCount = 2, HeadDim = 16, MaxPositions = 128, EosTokenIds = [0],
    };

    public string Name => "accumulation";

    public string Claim => "A step of 32 examples has the same gradient in one pass, in four of eight and in 32 of one: the Euclidean norm of the difference over all parameters is below 1e-6 of the gradient's, and the loss differs by less.";

    public Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new Deployments.ProofFolder();
        string checkpoint = folder.Below("base");
        var engine = new CpuPolicyEngine();
        using (ITrainablePolicy policy = engine.Create(Shape, seed: 5))
        {
            policy.Save(checkpoint);
        }

        bool holds = true;
        foreach (string name in Methods)
        {
            foreach (double dropout in new[] { 0, 0.1 })
            {
                holds &= Compare(engine, checkpoint, name, dropout, folder.Below("scores"), cancellationToken);
            }
        }

        folder.Keep = !holds;
        return Task.FromResult(holds);
    }

    private static bool Compare(CpuPolicyEngine engine, string checkpoint, string name, double dropout, string scores, CancellationToken cancellationToken)
    {
        TrainingMethod method = TrainingMethods.Find(name)!;
        TrainingExample[] examples = Draw(seed: 11);
        IObjective objective = method.Create(new TrainingSection { Method = name }).Over(examples);
        StepPlan plan = objective.Plan(examples);
        using ITrainablePolicy policy = engine.LoadForAdapterTraining(checkpoint, null, new LoraConfig(8, 16) { Dropout = dropout }, seed: 3);
        Fill(policy);
        ReferenceScores? references = objective.NeedsReference
            ? ReferenceScores.Prepare(Path.Combine(scores, name), [plan], () => engine.Load(checkpoint, null), 4096, null, cancellationToken)
            : null;

        Outcome Run(int parts)
        {
            int limit = Limit(plan, parts);
            foreach (TrainableParameter parameter in policy.Parameters)
            {
                parameter.Gradient.Span.Clear();
            }

            StepOutcome outcome = new StepPass(policy, references, objective, limit)
                .Run(plan, new StepNoise(seed: 7, dropout > 0, neftuneAlpha: 0), step: 2, cancellationToken);
            string sizes = string.Join("+", MicroBatches.Split(plan, limit).Select(part => part.Select(s => s.Example).Distinct().Count()));
            return new Outcome(outcome.Loss, [.. policy.Parameters.SelectMany(p => p.Gradient.ToArray())], sizes, MicroBatches.Split(plan, limit).Count);
        }

        Outcome whole = Run(1), four = Run(4), single = Run(Examples);
        double worst = Math.Max(Difference(whole, four), Difference(whole, single));
        double loss = Math.Max(Math.Abs(four.Loss - whole.Loss), Math.Abs(single.Loss - whole.Loss)) / Math.Abs(whole.Loss);
        bool holds = worst < Allowed && loss < Allowed && whole.Parts == 1 && four.Parts == 4 && single.Parts == plan.Sequences.Select(s => s.Example).Distinct().Count();
        Console.WriteLine(FormattableString.Invariant(
            $"  {name,-5} dropout {dropout:0.0}  loss {whole.Loss:0.000000}  |g| {Norm(whole.Gradient):0.0000}  1×32 / {four.Sizes} / {single.Parts}×1: |Δg|/|g| {Difference(whole, four):0.0e+0} and {Difference(whole, single):0.0e+0}, Δloss/loss {loss:0.0e+0}  {(holds ? "equal" : "DIFFERENT")}"));
        return holds;
    }

    /// <summary>Prompts and answers of many lengths, a prompt with one of its answers always 25 tokens, so that a limit in tokens cuts where a count would.</summary>
    private static TrainingExample[] Draw(long seed)
    {
        var random = new RandomStream(seed);
        return
        [
            .. Enumerable.Range(0, Examples).Select(i =>
            {
                int[] prompt = Tokens(random, 3 + random.NextInt(10));
                int answer = 24 - prompt.Length;
                return new TrainingExample($"row-{i}", prompt, [new TrainingCandidate([.. Tokens(random, answer), 0], 1), new TrainingCandidate([.. Tokens(random, answer), 0], 0)]);
            }),
        ];
    }

    /// <summary>The smallest limit in tokens that cuts the plan into so many parts.</summary>
    private static int Limit(StepPlan plan, int parts)
    {
        for (int limit = 1; limit <= plan.Tokens; limit++)
        {
            if (MicroBatches.Split(plan, limit).Count <= parts)
            {
                return limit;
            }
        }

        return (int)plan.Tokens;
    }

    /// <summary>An adapter that has learned something: with B = 0, A would have no gradient.</summary>
    private static void Fill(ITrainablePolicy policy)
    {
        var random = new RandomStream(23);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            foreach (ref float value in parameter.Value.Span)
            {
                value += (float)(0.05 * random.NextNormal());
            }
        }
    }

    private static int[] Tokens(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextInt(Shape.VocabSize - 1))];

    private static double Norm(float[] gradient) => Math.Sqrt(gradient.Sum(g => (double)g * g));

    private static double Difference(Outcome one, Outcome other) =>
        Math.Sqrt(one.Gradient.Zip(other.Gradient).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2))) / Norm(one.Gradient);

    private sealed record Outcome(double Loss, float[] Gradient, string Sizes, int Parts);
}
