namespace AlignOps.Data.Datasets;

/// <summary>A built dataset version: the manifest and the bytes of the two blobs that it names.</summary>
/// <param name="Train">Envelope JSONL, UTF-8, sorted by row id.</param>
/// <param name="HeldOut">Same form.</param>
public sealed record Dataset(DatasetManifest Manifest, byte[] Train, byte[] HeldOut)
{
    /// <summary>The version's identity: SHA-256 of the manifest's JSON, which is also its blob's name.</summary>
    public string Digest => DatasetJson.Digest(DatasetJson.Write(Manifest));
}
