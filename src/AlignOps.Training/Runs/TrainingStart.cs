using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Runs;

/// <summary>The policy that a training starts from: to be trained, and as the reference it is compared with.</summary>
internal sealed class TrainingStart(IPolicyEngine engine, AdapterTrainingRequest request)
{
    // What embeddings are padded to by custom, such as multiples of 128 or 256, and spare tokens for later use stay below this.
    private const int SpareTokens = 1024;

    /// <summary>Content name of the reference and of the engine whose rounding its scores have.</summary>
    public string Name => $"{engine.Name} {request.ModelIdentity}";

    private bool Full => request.Section.Adapter == TrainingSection.Full;

    /// <summary>The policy with what the recipe trains: every weight, a new or continued adapter, or one with a scalar head.</summary>
    /// <exception cref="JobFailedException"><c>full-from-adapter</c> or <c>vocabulary-mismatch</c>.</exception>
    private ITrainablePolicy Load(IObjective objective, ITokenizer tokenizer)
    {
        if (Full && request.Adapter is not null)
        {
            throw new JobFailedException(
                "full-from-adapter", "Every weight cannot be trained under an adapter. Merge it into its base first (alignops merge), and start from the merged checkpoint.");
        }

        if (Full && objective.NeedsValues)
        {
            throw new JobFailedException("full-with-head", $"Method {objective.Name} trains a head beside an adapter; set training.adapter to lora.");
        }

        ITrainablePolicy policy = this switch
        {
            { Full: true } => engine.LoadForFullTraining(request.Checkpoint),
            _ when objective.NeedsValues => engine.LoadForRewardTraining(request.Checkpoint, request.Adapter, request.Section.Lora.ToConfig(), request.Seed),
            _ => engine.LoadForAdapterTraining(request.Checkpoint, request.Adapter, request.Section.Lora.ToConfig(), request.Seed),
        };
        if (VocabularyFault(policy.Config.VocabSize, tokenizer.VocabularySize) is { } fault)
        {
            policy.Dispose();
            throw new JobFailedException("vocabulary-mismatch", $"{request.Checkpoint}: {fault}");
        }

        return policy;
    }

    /// <summary>Policy and examples; every refusal that needs no step comes from here.</summary>
    /// <exception cref="JobFailedException">Also <c>unknown-method</c> and <c>nothing-to-learn</c>.</exception>
    public PreparedTraining Prepare()
    {
        TrainingSection section = request.Section;
        TrainingMethod method = TrainingMethods.Find(section.Method)
            ?? throw new JobFailedException("unknown-method", $"There is no training method '{section.Method}'; there are {TrainingMethods.Names}.");
        IObjective objective = method.Create(section);
        BpeTokenizer tokenizer = Tokenizer.Load(request.Checkpoint);
        ITrainablePolicy policy = Load(objective, tokenizer);
        try
        {
            var builder = new ExampleBuilder(tokenizer, Math.Min(section.MaxTokens, policy.Config.MaxPositions));
            IExampleShape shape = method.Shape(section);
            ExampleSet train = builder.ForTraining(request.Train, shape, objective);
            if (train.Examples.Count == 0)
            {
                throw new JobFailedException(
                    "nothing-to-learn",
                    $"None of {request.Train.Count} training rows can be learned from by {section.Method}{(train.Skipped.Count == 0 ? "" : $": {train.Describe()}")}.");
            }

            objective = objective.Over(train.Examples);
            return new PreparedTraining(
                tokenizer, policy, objective, train, builder.ForHeldOut(request.HeldOut), builder.ForTraining(request.HeldOut, shape, objective));
        }
        catch
        {
            policy.Dispose();
            throw;
        }
    }

    /// <summary>The start itself, before any step: the champion's adapter where it is continued, else the base.</summary>
    public IPolicyModel Reference() => engine.Load(request.Checkpoint, request.Adapter);

    /// <summary>Writes what was trained: an adapter, or a checkpoint with its tokenizer.</summary>
    public void Save(ITrainablePolicy policy)
    {
        policy.Save(request.Output);
        foreach (string file in Full ? CompanionFiles.Of(request.Checkpoint) : [])
        {
            File.Copy(file, Path.Combine(request.Output, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <summary>The other way round, a tokenizer with more tokens than the embedding, is refused where it is read.</summary>
    private static string? VocabularyFault(int policy, int tokenizer) => policy - tokenizer > SpareTokens
        ? $"its embedding has {policy} tokens and its tokenizer only {tokenizer}; what it answers could not be written. Give the checkpoint its own tokenizer."
        : null;
}
