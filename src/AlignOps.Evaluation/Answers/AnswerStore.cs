using System.Text.Json;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;

namespace AlignOps.Evaluation.Answers;

/// <summary>Keeps each model's answers as a blob and names them in the job's checkpoint, so that a next attempt asks only the models that have not answered.</summary>
internal sealed class AnswerStore(IBlobStore blobs, JobContext job)
{
    private readonly Dictionary<string, string> _digests =
        job.Checkpoint is { } checkpoint ? JsonSerializer.Deserialize<Dictionary<string, string>>(checkpoint) ?? [] : [];

    public async Task<IReadOnlyList<ModelAnswer>?> FindAsync(string model, CancellationToken cancellationToken) =>
        _digests.TryGetValue(model, out var digest) && await blobs.ExistsAsync(digest, cancellationToken)
            ? JsonSerializer.Deserialize<List<ModelAnswer>>(await blobs.ReadTextAsync(digest, cancellationToken))
            : null;

    public async Task KeepAsync(string model, IReadOnlyList<ModelAnswer> answers, CancellationToken cancellationToken)
    {
        _digests[model] = await blobs.PutTextAsync(JsonSerializer.Serialize(answers), cancellationToken);
        await job.Progress.CheckpointAsync(JsonSerializer.Serialize(_digests), cancellationToken);
    }
}
