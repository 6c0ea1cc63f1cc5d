namespace AlignOps.Pipelines.Batches;

/// <summary>A batch moves to another state because of its run.</summary>
/// <param name="Reason"><c>code: sentence</c>.</param>
/// <param name="Alone">Its next run takes no other batch with it.</param>
internal sealed record BatchTransition(string BatchId, string State, string Reason, bool Alone = false);
