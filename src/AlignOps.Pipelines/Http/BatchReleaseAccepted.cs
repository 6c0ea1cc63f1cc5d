namespace AlignOps.Pipelines.Http;

internal sealed record BatchReleaseAccepted(string BatchId, string Pipeline, string Reason);
