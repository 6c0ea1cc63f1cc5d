namespace AlignOps.Platform.Blobs;

/// <summary>One file of a tree.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Size">In bytes.</param>
internal sealed record TreeEntry(string Path, string Digest, long Size);
