using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Manifests;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Runs;

/// <summary>The manifest of an adapter or a policy that has just been trained.</summary>
internal static class TrainedManifest
{
    /// <param name="referenced">Whether the objective measured against what the training began from.</param>
    public static void Write(AdapterTrainingRequest request, AdapterTrainingResult result, string engine, bool referenced)
    {
        bool full = request.Section.Adapter == TrainingSection.Full;

        // The engine wrote its base's digest into the adapter: the checkpoint is not read once more.
        string baseDigest = full ? Checkpoint.Digest(request.Checkpoint) : AdapterDirectory.ReadConfig(request.Output).BaseModelName!;
        var start = new ModelSource(baseDigest, request.Adapter is { } adapter ? AdapterDirectory.WeightsDigest(adapter) : null);
        ManifestFile.Write(request.Output, new ModelManifest
        {
            Kind = full ? ModelManifest.Policy : ModelManifest.Adapter,
            Base = baseDigest,
            Weights = full ? Checkpoint.Digest(request.Output) : AdapterDirectory.WeightsDigest(request.Output),
            Dataset = request.DatasetDigest,
            Start = start,
            Reference = referenced ? start : null,
            Method = request.Section.Method,
            Seed = request.Section.Seed,
            RunSeed = request.Seed,
            Engine = engine,
            Steps = result.Summary.Steps,
            Tokens = result.Summary.Tokens,
            Metrics = ManifestFile.DigestOf(result.Summary.MetricsFile),
        });
    }
}
