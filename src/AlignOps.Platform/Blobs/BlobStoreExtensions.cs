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
}
