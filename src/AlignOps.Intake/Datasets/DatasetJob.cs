using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Intake.Batches;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;

namespace AlignOps.Intake.Datasets;

/// <summary>Builds a run's dataset version, stores its blobs and publishes it. Done twice, it makes the same blobs and one event.</summary>
internal sealed class DatasetJob(IDatabase database, IBlobStore blobs, IPipelineDefinitions definitions, TimeProvider time) : IJobHandler
{
    public const string JobKind = "intake.dataset";

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        var command = JsonSerializer.Deserialize<BuildDataset>(job.Payload, JsonSerializerOptions.Web) ?? throw new JsonException("The job's payload is null.");
        var section = await definitions.SectionAsync<MixSection>(command.DefinitionDigest, cancellationToken);
        var mix = new MixOptions(section.HeldOutShare, section.ReplayShare, section.SyntheticShare, [.. section.Kinds.Select(kind => FeedbackKinds.Find(kind)!.Value)]);
        var rows = new DatasetRows(
            await BatchRows.LoadAsync(database, command.BatchIds, cancellationToken),
            await BatchRows.LoadAsync(database, command.ReplayBatchIds, cancellationToken),
            command.SyntheticDigest is { } digest ? await LoadSyntheticAsync(digest, cancellationToken) : []);

        var dataset = DatasetBuilder.Build(command.Pipeline, command.BatchIds, rows, mix, command.Seed);
        if (dataset.Manifest.TrainRows == 0)
        {
            throw new JobFailedException("no-usable-rows", Unusable(rows.New, dataset.Manifest, section.Kinds));
        }

        await StoreAsync(dataset.Train, cancellationToken);
        await StoreAsync(dataset.HeldOut, cancellationToken);
        await StoreAsync(DatasetJson.Write(dataset.Manifest), cancellationToken);
        var published = new DatasetPublished(
            command.RunId, dataset.Digest, command.SyntheticDigest is not null, dataset.Manifest.TrainRows, dataset.Manifest.HeldOutRows, dataset.Manifest.SyntheticRows);
        return new JobResult(
            $"Dataset {dataset.Digest[..8]}: {published.TrainRows} training rows, {published.HeldOutRows} held out, {dataset.Manifest.ReplayRows} replayed, {published.SyntheticRows} synthetic",
            (work, token) => PublishAsync(work, command.Pipeline, published, token));
    }

    private static string Unusable(IReadOnlyList<FeedbackRow> accepted, DatasetManifest manifest, IReadOnlyList<string> kinds) => accepted.Count == 0
        ? "The run's batches have no accepted row."
        : $"None of the {accepted.Count} accepted rows is of a kind that the method trains on ({string.Join(", ", kinds)}); there are {string.Join(", ", manifest.UnusedByMethod.Select(unused => $"{unused.Value} {unused.Key}{Lines(accepted, unused.Key)}"))}.{BatchReport.ThumbsNote(manifest.UnusedByMethod.Keys, [.. kinds])}";

    private static string Lines(IEnumerable<FeedbackRow> rows, string kind) =>
        string.Join(", ", rows.Where(row => row.Kind.Name() == kind).Take(3).Select(row => $"line {row.Provenance.Line} of {row.Provenance.BatchId}")) is { Length: > 0 } first ? $" ({first})" : "";

    private async Task<IReadOnlyList<FeedbackRow>> LoadSyntheticAsync(string digest, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(digest, cancellationToken);
        try
        {
            return await DatasetJson.ReadRowsAsync(content, cancellationToken);
        }
        catch (JsonException fault)
        {
            throw new JobFailedException("malformed-synthetic-rows", $"The synthetic rows in blob {digest} cannot be read. {fault.Message}");
        }
    }

    private async Task StoreAsync(byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await blobs.PutAsync(stream, cancellationToken);
    }

    private async Task PublishAsync(IUnitOfWork work, string pipeline, DatasetPublished published, CancellationToken cancellationToken)
    {
        await DatasetStore.InsertAsync(work, pipeline, published, time.GetUtcNow(), cancellationToken);
        await work.PublishAsync(published, $"{published.RunId}/dataset-published/{(published.WithSynthetic ? 1 : 0)}", cancellationToken);
    }
}
