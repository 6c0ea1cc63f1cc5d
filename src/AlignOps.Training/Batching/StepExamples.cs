using AlignOps.Training.Examples;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Batching;

/// <summary>Which examples an optimizer step takes, as a function of the step alone.</summary>
internal sealed class StepExamples(IReadOnlyList<TrainingExample> examples, TrainerOptions options)
{
    private int _epoch = -1;
    private int[] _order = [];

    /// <param name="step">0-based.</param>
    public IReadOnlyList<TrainingExample> Of(int step)
    {
        (int epoch, int at) = Math.DivRem(step, options.StepsPerEpoch(examples.Count));
        if (epoch != _epoch)
        {
            (_epoch, _order) = (epoch, ExampleOrder.Of(options.Seed, epoch, examples.Count));
        }

        return [.. _order.Skip(at * options.PromptsPerStep).Take(options.PromptsPerStep).Select(i => examples[i])];
    }
}
