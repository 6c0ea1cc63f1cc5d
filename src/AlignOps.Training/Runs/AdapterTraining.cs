using System.Text.Json;
using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Raft;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Runs;

/// <summary>From feedback rows to a PEFT directory: what the training role and <c>alignops train</c> share.</summary>
/// <param name="verifiers">That may rate what a training samples.</param>
/// <param name="availableMemory">Bytes that there are for a training, by the engine's name; null where nobody can tell.</param>
internal sealed class AdapterTraining(IPolicyEngine engine, VerifierCatalogue verifiers, Func<string, long?> availableMemory)
{
    public AdapterTraining(IPolicyEngine engine, VerifierCatalogue verifiers) : this(engine, verifiers, ProcessMemory.Available)
    {
    }

    /// <exception cref="JobFailedException">
    /// <c>model-format</c>, one of <see cref="TrainingStart"/>'s or <see cref="AdapterReasons"/>, <c>memory-forecast</c>,
    /// or one of <see cref="Trainer"/>'s: no other attempt would fare better.
    /// </exception>
    public async Task<AdapterTrainingResult> RunAsync(AdapterTrainingRequest request, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return request.Section.Method == RaftTraining.Method
                ? await new RaftTraining(engine, verifiers).RunAsync(request, observer, cancellationToken)
                : await TrainAsync(request, observer, cancellationToken);
        }
        catch (ModelFormatException fault)
        {
            string way = fault.Reason == AdapterReasons.LoraMismatch ? " Set training.start to base, or training.lora to the adapter's." : "";
            throw new JobFailedException(fault.Reason, fault.Message + way);
        }
    }

    private async Task<AdapterTrainingResult> TrainAsync(AdapterTrainingRequest request, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        var start = new TrainingStart(engine, request);
        PreparedTraining prepared = start.Prepare();
        bool recomputes = new TrainingMemory(engine, availableMemory(engine.Name)).Recomputes(request.Section, prepared);
        using ITrainablePolicy policy = start.Load(prepared.Objective);
        var trainer = new Trainer(policy, prepared.Objective, TrainingRecipe.Options(request.Section, request.Seed) with { Recomputes = recomputes }, Identity(request), request.Folder)
        {
            Reference = start.Reference,
            ReferenceName = start.Name,
            ReferenceFolder = request.ReferenceFolder,
            LearnableHeldOut = prepared.Learnable.Examples,
            FailureFolder = request.FailureFolder,
            RefusesOthers = request.RefusesOthers,
        };
        TrainingSummary summary = await trainer.RunAsync(prepared.Train.Examples, prepared.HeldOut.Examples, observer, cancellationToken);
        start.Save(policy);
        var result = new AdapterTrainingResult(summary, prepared.Train.Examples.Count, prepared.Train.Skipped, prepared.HeldOut.Skipped) { FirstRows = prepared.Train.FirstRows };
        TrainedManifest.Write(request, result, engine.Name, prepared.Objective.NeedsReference);
        return result;
    }

    internal static string Identity(AdapterTrainingRequest request) =>
        $"{request.ModelIdentity}\n{JsonSerializer.Serialize(request.Section with { CheckpointEvery = 0, Recompute = TrainingSection.Auto })}";
}
