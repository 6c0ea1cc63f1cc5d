using System.Text.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Pretraining;

/// <summary>Trains a policy from nothing: every weight, by the same trainer and the same loss as fine-tuning.</summary>
public sealed class PretrainRun(IPolicyEngine engine, PolicyConfig config, BpeTokenizer tokenizer, TrainerOptions options)
{
    /// <summary>
    /// Trains and writes a Hugging Face checkpoint with its tokenizer. Stopped and called again with the same work folder, it resumes to the same bits.
    /// </summary>
    /// <param name="workFolder">Of checkpoints and metrics.</param>
    /// <param name="output">The checkpoint directory.</param>
    public async Task<TrainingSummary> RunAsync(
        IReadOnlyList<TrainingExample> examples, string workFolder, string output, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        using ITrainablePolicy policy = engine.Create(config, options.Seed);
        string identity = $"{JsonSerializer.Serialize(config)} {tokenizer.VocabularySize}";
        TrainingSummary summary = await new Trainer(policy, new SftObjective(), options, identity, workFolder)
            .RunAsync(examples, [], observer, cancellationToken);
        policy.Save(output);
        tokenizer.Save(output);
        return summary;
    }
}
