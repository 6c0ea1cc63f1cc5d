namespace AlignOps.Pipelines.Http;

/// <summary>One run with its whole story. <c>Replayed</c> counts the batches learned before that it trained on again.</summary>
internal sealed record RunDetail(RunSummary Run, IReadOnlyList<string> BatchIds, int Replayed, IReadOnlyList<RunEventView> Events);
