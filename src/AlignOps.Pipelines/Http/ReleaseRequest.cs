namespace AlignOps.Pipelines.Http;

/// <summary>Body of <c>POST /v1/batches/{batchId}/release</c>; the reason stays on the batch's record.</summary>
internal sealed record ReleaseRequest(string? Reason);
