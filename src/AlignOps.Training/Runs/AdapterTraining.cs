using System.Text.Json;
using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Runs;

/// <summary>From feedback rows to a PEFT directory: what the training role and <c>alignops train</c> share.</summary>
internal sealed class AdapterTraining(IPolicyEngine engine)
{
    /// <exception cref="JobFailedException">
    /// <c>model-format</c>, one of <see cref="AdapterReasons"/>, <c>nothing-to-learn</c> or <c>loss-not-finite</c>: no other attempt would fare better.
    /// </exception>
    public async Task<AdapterTrainingResult> RunAsync(AdapterTrainingRequest request, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await TrainAsync(request, observer, cancellationToken);
        }
        catch (ModelFormatException fault)
        {
            string way = fault.Reason == AdapterReasons.LoraMismatch ? " Set training.start to base, or training.lora to the adapter's." : "";
            throw new JobFailedException(fault.Reason, fault.Message + way);
        }
    }

    private async Task<AdapterTrainingResult> TrainAsync(AdapterTrainingRequest request, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        TrainingSection section = request.Section;
        TrainingMethod method = TrainingMethods.Find(section.Method)
            ?? throw new JobFailedException("unknown-method", $"There is no training method '{section.Method}'; there are {TrainingMethods.Names}.");
        IObjective objective = method.Create(section);
        ITokenizer tokenizer = Tokenizer.Load(request.Checkpoint);
        using ITrainablePolicy policy = engine.LoadForAdapterTraining(request.Checkpoint, request.Adapter, section.Lora.ToConfig(), request.Seed);
        var builder = new ExampleBuilder(tokenizer, Math.Min(section.MaxTokens, policy.Config.MaxPositions));
        ExampleSet train = builder.ForTraining(request.Train, method.Shape(section), objective);
        ExampleSet heldOut = builder.ForHeldOut(request.HeldOut);
        if (train.Examples.Count == 0)
        {
            throw new JobFailedException(
                "nothing-to-learn", $"None of {request.Train.Count} training rows can be learned from by {section.Method}{Because(train)}.");
        }

        objective = objective.Over(train.Examples);

        // The start itself, before any step: the champion's adapter where it is continued, else the base.
        using IPolicyModel? reference = objective.NeedsReference ? engine.Load(request.Checkpoint, request.Adapter) : null;
        var trainer = new Trainer(policy, objective, TrainingRecipe.Options(section, request.Seed), Identity(request), request.Folder)
        {
            Reference = reference,
            RefusesOthers = request.RefusesOthers,
        };
        TrainingSummary summary = await trainer.RunAsync(train.Examples, heldOut.Examples, observer, cancellationToken);
        policy.Save(request.Output);
        var result = new AdapterTrainingResult(summary, train.Examples.Count, train.Skipped, heldOut.Skipped);
        TrainedManifest.Write(request, result, engine.Name, objective.NeedsReference);
        return result;
    }

    internal static string Identity(AdapterTrainingRequest request) =>
        $"{request.ModelIdentity}\n{JsonSerializer.Serialize(request.Section with { CheckpointEvery = 0 })}";

    private static string Because(ExampleSet examples) => examples.Skipped.Count == 0 ? "" : $": {examples.Describe()}";
}
