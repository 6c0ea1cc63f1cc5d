using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// A training method as a plan and a loss over token log-probabilities. Pure: it knows no engine, no clock and no random numbers,
/// and computes in double precision.
/// </summary>
public interface IObjective
{
    /// <summary>The paper's name for the method, lower case, as in pipeline.yaml.</summary>
    string Name { get; }

    /// <summary>The loss compares the policy with a frozen one: that which the training starts from.</summary>
    bool NeedsReference => false;

    /// <summary>The loss is one of values: the policy is loaded with a scalar head, and the plan's sequences are <see cref="AlignOps.Models.Policies.TokenSequence.Valued"/>.</summary>
    bool NeedsValues => false;

    /// <summary>This objective with what it has to know of all examples together, such as how many there are of a kind.</summary>
    IObjective Over(IReadOnlyList<TrainingExample> examples) => this;

    /// <summary>The sequences that an optimizer step over these examples needs. An example that teaches this method nothing adds none.</summary>
    StepPlan Plan(IReadOnlyList<TrainingExample> examples);

    /// <summary>
    /// The loss of the step and ∂L/∂log-probability of every scored token. <paramref name="scored"/> is the whole plan, or, where the plan does not couple
    /// micro-batches, any of its examples whole: such parts' losses and gradients add up to those of the whole step.
    /// </summary>
    LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored);
}
