using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Methods;

/// <summary>A method of the catalogue with options.</summary>
/// <param name="Label">The method's name, and what of its options is not the default.</param>
internal sealed record MethodCase(string Label, TrainingMethod Method, TrainingSection Section)
{
    /// <summary>A random step: rows of every kind that the method reads, shaped as it shapes them, scored as some policy might.</summary>
    public (IObjective Objective, StepPlan Plan, ScoredSequence[] Scored) Step(long seed)
    {
        IObjective objective = Method.Create(Section);
        IExampleShape shape = Method.Shape(Section);
        ExampleSet set = new ExampleBuilder(new CharacterTokenizer(), 4000).ForTraining(MethodRows.Of(shape.Kinds, seed), shape, objective);
        Assert.True(set.Examples.Count > 0, $"{Label}, case {seed}: no row of {string.Join(", ", shape.Kinds)} makes an example: {set.Describe()}");
        objective = objective.Over(set.Examples);
        StepPlan plan = objective.Plan(set.Examples);
        return (objective, plan, MethodScores.Of(plan, seed));
    }
}
