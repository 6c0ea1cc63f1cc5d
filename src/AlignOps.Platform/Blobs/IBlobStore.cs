namespace AlignOps.Platform.Blobs;

/// <summary>
/// Content-addressed storage: a blob's name is the lower-case hex SHA-256 of its bytes. A directory is stored as a tree, the blob of its sorted list of
/// (path, digest, size). A blob is written beside, flushed to disk and renamed: what has a name is whole.
/// </summary>
public interface IBlobStore
{
    Task<string> PutAsync(Stream content, CancellationToken cancellationToken);

    Task<Stream> OpenAsync(string digest, CancellationToken cancellationToken);

    Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Stores a directory and returns its tree digest.</summary>
    Task<string> PutDirectoryAsync(string directory, CancellationToken cancellationToken);

    /// <summary>A local, read-only directory that holds the tree; made once, then reused.</summary>
    /// <exception cref="BlobMissingException">The tree or a file of it is not there, or does not have its digest.</exception>
    Task<string> MaterializeAsync(string treeDigest, CancellationToken cancellationToken);

    /// <summary>Reads the tree and every file of it from the store to the end, whether or not it was materialized before.</summary>
    /// <exception cref="BlobMissingException">The tree or a file of it is not there, or does not have its digest.</exception>
    Task VerifyTreeAsync(string treeDigest, CancellationToken cancellationToken);
}
