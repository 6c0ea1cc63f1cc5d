namespace AlignOps.Platform.Blobs;

/// <summary>A blob that should be there is not, or its bytes do not have its digest.</summary>
public sealed class BlobMissingException(string digest, string detail) : Exception($"Blob {digest}: {detail}")
{
    public string Digest { get; } = digest;
}
