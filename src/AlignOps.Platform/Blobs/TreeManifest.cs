using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Platform.Blobs;

/// <summary>The blob that stands for a directory: its files sorted by path, in one canonical JSON form.</summary>
internal static class TreeManifest
{
    private const int DigestLength = 64;

    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IEnumerable<TreeEntry> files) =>
        JsonSerializer.SerializeToUtf8Bytes(files.OrderBy(file => file.Path, StringComparer.Ordinal), Canonical);

    /// <exception cref="BlobMissingException">The blob is not a tree, or names a path outside of it.</exception>
    public static IReadOnlyList<TreeEntry> Read(string digest, ReadOnlySpan<byte> json)
    {
        TreeEntry[]? files;
        try
        {
            files = JsonSerializer.Deserialize<TreeEntry[]>(json, Canonical);
        }
        catch (JsonException fault)
        {
            throw new BlobMissingException(digest, $"is not a tree ({fault.Message})");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files ?? throw new BlobMissingException(digest, "is not a tree"))
        {
            if (!IsContained(file?.Path) || !IsDigest(file!.Digest) || !seen.Add(file.Path))
            {
                throw new BlobMissingException(digest, $"is not a sound tree: the entry '{file?.Path}' is refused");
            }
        }

        return files;
    }

    public static bool IsDigest(string? text) => text is { Length: DigestLength } && text.All(char.IsAsciiHexDigitLower);

    private static bool IsContained(string? path) =>
        !string.IsNullOrEmpty(path)
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Contains('\0', StringComparison.Ordinal)
        && !Path.IsPathRooted(path)
        && path.Split('/').All(segment => segment is not ("" or "." or ".."));
}
