namespace AlignOps.Pipelines.Http;

internal sealed record RunAccepted(string Pipeline, string RequestId);
