using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

internal static class TestObjectives
{
    public static TheoryData<string> Names => ["sft", "rrhf", "coupled"];

    public static IObjective Find(string method) => method switch
    {
        "sft" => new SftObjective(),
        "coupled" => new CoupledObjective(new RrhfObjective(new RrhfOptions())),
        _ => new RrhfObjective(new RrhfOptions()),
    };

    /// <summary>RRHF said to couple micro-batches, with a term that truly does: the square of the whole step's mean log-probability.</summary>
    private sealed class CoupledObjective(IObjective inner) : IObjective
    {
        public string Name => "coupled";

        public StepPlan Plan(IReadOnlyList<TrainingExample> examples) => inner.Plan(examples) with { CouplesMicroBatches = true };

        public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
        {
            Assert.Equal(plan.Sequences, scored.Select(s => s.Planned));
            LossResult result = inner.Loss(plan, scored);
            double mean = scored.Sum(s => s.Sum) / plan.ScoredTokens;
            return result with
            {
                Loss = result.Loss + mean * mean,
                Gradients = [.. result.Gradients.Select(g => g.Select(v => v + 2 * mean / plan.ScoredTokens).ToArray())],
            };
        }
    }
}
