using AlignOps.Models.Adapters;
using AlignOps.Models.Manifests;

namespace AlignOps.Training.Runs;

/// <summary>The manifest of an adapter that has just been trained.</summary>
internal static class TrainedManifest
{
    /// <param name="referenced">Whether the objective measured against what the training began from.</param>
    public static void Write(AdapterTrainingRequest request, AdapterTrainingResult result, string engine, bool referenced)
    {
        // The engine wrote its base's digest into the adapter: the checkpoint is not read once more.
        string baseDigest = AdapterDirectory.ReadConfig(request.Output).BaseModelName!;
        var start = new ModelSource(baseDigest, request.Adapter is { } adapter ? AdapterDirectory.WeightsDigest(adapter) : null);
        ManifestFile.Write(request.Output, new ModelManifest
        {
            Kind = ModelManifest.Adapter,
            Base = baseDigest,
            Weights = AdapterDirectory.WeightsDigest(request.Output),
            Dataset = request.DatasetDigest,
            Start = start,
            Reference = referenced ? start : null,
            Method = request.Section.Method,
            Seed = request.Seed,
            Engine = engine,
            Steps = result.Summary.Steps,
            Tokens = result.Summary.Tokens,
            Metrics = ManifestFile.DigestOf(result.Summary.MetricsFile),
        });
    }
}
