using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Training.Batching;
using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Command;

/// <summary>Prepares a training, and instead of its first step says what it would be.</summary>
internal static class DryRunner
{
    public static TrainDryRun Run(IPolicyEngine engine, AdapterTrainingRequest request, TrainCommandData data)
    {
        PreparedTraining prepared = new TrainingStart(engine, request).Prepare();
        TrainerOptions options = TrainingRecipe.Options(request.Section, request.Seed);
        IReadOnlyList<TrainingExample> examples = prepared.Train.Examples;
        var steps = new StepExamples(examples, options);
        StepPlan[] epoch = [.. Enumerable.Range(0, options.StepsPerEpoch(examples.Count)).Select(step => prepared.Objective.Plan(steps.Of(step)))];
        MemoryForecast forecast = engine.Forecast(prepared.Needs(request.Section));
        return new TrainDryRun(
            data.Verdicts,
            data.Faults,
            examples.Count,
            prepared.HeldOut.Examples.Count,
            data.Skipped(prepared.Train.Skipped, prepared.HeldOut.Skipped),
            data.FirstRows(request.Section, prepared.Train.FirstRows),
            options.TotalSteps(examples.Count),
            epoch.Sum(plan => plan.Tokens),
            epoch.Sum(plan => plan.Sequences.Where(s => s.Trains).Sum(s => (long)s.Sequence.ScoredCount)),
            prepared.LongestSequence,
            TrainingMemory.Peak(forecast),
            TrainingMemory.Describe(forecast),
            ProcessMemory.Available(engine.Name),
            RenderedSequence.Of(steps.Of(0)[0], prepared.Objective, prepared.Tokenizer));
    }
}
