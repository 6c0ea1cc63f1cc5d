using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Runs;

/// <summary>What a training starts from: examples, the policy to be trained, and the same policy as the reference it is compared with.</summary>
internal sealed class TrainingStart(IPolicyEngine engine, AdapterTrainingRequest request)
{
    // What embeddings are padded to by custom, such as multiples of 128 or 256, and spare tokens for later use stay below this.
    private const int SpareTokens = 1024;

    /// <summary>Content name of the reference and of the engine whose rounding its scores have.</summary>
    public string Name => $"{engine.Name} {request.ModelIdentity}";

    private bool Full => request.Section.Adapter == TrainingSection.Full;

    /// <summary>The examples and the objective; every refusal that needs no weight comes from here.</summary>
    /// <exception cref="JobFailedException">
    /// <c>unknown-method</c>, <c>full-from-adapter</c>, <c>full-with-head</c>, <c>vocabulary-mismatch</c>, <c>nothing-to-learn</c>, or a reason of <see cref="LoraFit"/>.
    /// </exception>
    public PreparedTraining Prepare()
    {
        TrainingSection section = request.Section;
        TrainingMethod method = TrainingMethods.Find(section.Method)
            ?? throw new JobFailedException("unknown-method", $"There is no training method '{section.Method}'; there are {TrainingMethods.Names}.");
        IObjective objective = method.Create(section);
        BpeTokenizer tokenizer = Tokenizer.Load(request.Checkpoint);
        using ICheckpoint checkpoint = Checkpoint.Open(request.Checkpoint);
        Check(objective, checkpoint.Config, tokenizer);
        var builder = new ExampleBuilder(tokenizer, Math.Min(section.MaxTokens, checkpoint.Config.MaxPositions));
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
            tokenizer, checkpoint.Config, objective, train, builder.ForHeldOut(request.HeldOut), builder.ForTraining(request.HeldOut, shape, objective));
    }

    /// <summary>The policy with what the recipe trains: every weight, a new or continued adapter, or one with a scalar head.</summary>
    public ITrainablePolicy Load(IObjective objective) => this switch
    {
        { Full: true } => engine.LoadForFullTraining(request.Checkpoint),
        _ when objective.NeedsValues => engine.LoadForRewardTraining(request.Checkpoint, request.Adapter, request.Section.Lora.ToConfig(), request.Seed),
        _ => engine.LoadForAdapterTraining(request.Checkpoint, request.Adapter, request.Section.Lora.ToConfig(), request.Seed),
    };

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

    private void Check(IObjective objective, PolicyConfig policy, BpeTokenizer tokenizer)
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

        // The other way round, a tokenizer with more tokens than the embedding, is refused where the tokenizer is read.
        if (policy.VocabSize - tokenizer.VocabularySize > SpareTokens)
        {
            throw new JobFailedException(
                "vocabulary-mismatch",
                $"{request.Checkpoint}: its embedding has {policy.VocabSize} tokens and its tokenizer only {tokenizer.VocabularySize}; what it answers could not be written. Give the checkpoint its own tokenizer.");
        }

        if (!Full && LoraFit.Fault(policy, request.Section.Lora.ToConfig()) is (var reason, var sentence))
        {
            throw new JobFailedException(reason, $"training.lora: {sentence}");
        }
    }
}
