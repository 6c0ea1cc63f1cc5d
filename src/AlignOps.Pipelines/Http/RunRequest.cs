namespace AlignOps.Pipelines.Http;

/// <summary>Body of <c>POST /v1/pipelines/{pipeline}/runs</c>. The same request id asks for the same run; without one, every call is a new request.</summary>
internal sealed record RunRequest(string? RequestId);
