using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Runs;

/// <summary>A training before its first step.</summary>
/// <param name="Objective">Knows all training examples.</param>
/// <param name="HeldOut">As any policy can be measured.</param>
/// <param name="Learnable">Held-out rows as the method learns them.</param>
internal sealed record PreparedTraining(
    BpeTokenizer Tokenizer, ITrainablePolicy Policy, IObjective Objective, ExampleSet Train, ExampleSet HeldOut, ExampleSet Learnable) : IDisposable
{
    public void Dispose() => Policy.Dispose();
}
