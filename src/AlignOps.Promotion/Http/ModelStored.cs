namespace AlignOps.Promotion.Http;

/// <param name="Checkpoint">Tree digest of the folder, for <c>POST /v1/pipelines/{pipeline}/champion</c>.</param>
public sealed record ModelStored(string Checkpoint);
