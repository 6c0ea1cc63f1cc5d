using System.Text;

namespace AlignOps.Platform.Blobs;

public static class BlobStoreExtensions
{
    /// <summary>Stores UTF-8 text without a byte-order mark.</summary>
    public static async Task<string> PutTextAsync(this IBlobStore blobs, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await blobs.PutAsync(content, cancellationToken);
    }

    public static async Task<string> ReadTextAsync(this IBlobStore blobs, string digest, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(digest, cancellationToken);
        using var reader = new StreamReader(content, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Reads every byte of a tree. <see cref="IBlobStore.MaterializeAsync"/> trusts a folder that it made before; this does not.</summary>
    /// <exception cref="BlobMissingException">The tree or a file of it is not there, or does not have its digest.</exception>
    public static async Task VerifyTreeAsync(this IBlobStore blobs, string treeDigest, CancellationToken cancellationToken)
    {
        using var manifest = new MemoryStream();
        await using (var content = await blobs.OpenAsync(treeDigest, cancellationToken))
        {
            await content.CopyToAsync(manifest, cancellationToken);
        }

        foreach (var file in TreeManifest.Read(treeDigest, manifest.ToArray()))
        {
            await using var content = await blobs.OpenAsync(file.Digest, cancellationToken);
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }
    }
}
