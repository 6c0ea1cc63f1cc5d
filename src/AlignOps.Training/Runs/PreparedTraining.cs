using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Runs;

/// <summary>A training before a weight is read.</summary>
/// <param name="Objective">Knows all training examples.</param>
/// <param name="HeldOut">As any policy can be measured.</param>
/// <param name="Learnable">Held-out rows as the method learns them.</param>
internal sealed record PreparedTraining(
    BpeTokenizer Tokenizer, PolicyConfig Policy, IObjective Objective, ExampleSet Train, ExampleSet HeldOut, ExampleSet Learnable)
{
    /// <summary>Tokens of the largest example, all of its answers with their prompts: the least that goes through the engine at once.</summary>
    public int LargestExample => All.Max(e => e.Tokens);

    /// <summary>Tokens of the longest prompt with one of its answers.</summary>
    public int LongestSequence => All.Max(e => Enumerable.Range(0, e.Candidates.Count).Max(c => e.PromptOf(c).Length + e.Candidates[c].Answer.Length));

    private IEnumerable<TrainingExample> All => Train.Examples.Concat(HeldOut.Examples).Concat(Learnable.Examples);

    /// <summary>What the training will ask of the engine's memory.</summary>
    public MemoryNeeds Needs(TrainingSection section) => new(
        Policy,
        section.Adapter == TrainingSection.Full ? null : section.Lora.ToConfig() with { RewardHead = Objective.NeedsValues },
        Math.Max(section.MicroBatchTokens, LargestExample))
    {
        LongestSequence = LongestSequence,
        Reference = Objective.NeedsReference,
    };
}
