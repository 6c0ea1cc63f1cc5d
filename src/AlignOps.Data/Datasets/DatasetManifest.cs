namespace AlignOps.Data.Datasets;

/// <summary>
/// What a dataset version is: two envelope JSONL blobs and where their rows came from. The digest of this manifest's canonical JSON
/// is the version's identity, so it holds no time, no run and no machine.
/// </summary>
/// <param name="Train">Blob digest of the training rows, envelope JSONL, sorted by row id.</param>
/// <param name="HeldOut">Blob digest of the held-out rows, same form; no prompt is in both.</param>
/// <param name="UnusedByMethod">Rows kept but not used by the pipeline's training method, by kind.</param>
public sealed record DatasetManifest(
    string Pipeline,
    string Train,
    string HeldOut,
    int TrainRows,
    int HeldOutRows,
    int SyntheticRows,
    int ReplayRows,
    IReadOnlyList<string> BatchIds,
    IReadOnlyDictionary<string, int> UnusedByMethod);
